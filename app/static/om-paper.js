/* Keying in a paper checklist: one key answers a question and goes on to the next. */
export function paper(form) {
  const rows = [...form.querySelectorAll("[data-row]")];

  function go(row) {
    const input = row.querySelector("input:checked") || row.querySelector("input");
    input.focus();
    row.scrollIntoView({ block: "nearest" });
  }

  function next(at, step) {
    const row = rows[at + step];
    if (row) go(row);
    else if (step > 0) form.querySelector("[type=submit]").focus();
  }

  rows.forEach((row, at) => {
    row.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === "Enter") {
        event.preventDefault();
        next(at, 1);
        return;
      }
      if (event.target.type === "text") return;
      if (event.key === "Backspace") {
        event.preventDefault();
        next(at, -1);
        return;
      }
      const input = row.querySelector(`input[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
      if (!input) return;
      event.preventDefault();
      input.checked = true;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      next(at, 1);
    });
  });
}
