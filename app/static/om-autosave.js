/* Saves each answer of a checklist as it is given, and says so. Answers stay in memory until they are saved. */

const PAUSE = 800;
const LONGEST_WAIT = 30000;

function timeOfDay(now = new Date()) {
  const minutes = String(now.getMinutes()).padStart(2, "0");
  return `${((now.getHours() + 11) % 12) + 1}:${minutes}${now.getHours() < 12 ? "am" : "pm"}`;
}

function fieldsOf(item) {
  const fields = new URLSearchParams({ item: item.dataset.item, answer: "", source: "", note: "" });
  item.querySelectorAll("[data-part]").forEach((control) => {
    if (control.type === "checkbox") {
      if (control.checked) fields.append(control.dataset.part, control.value);
    } else if (control.type !== "radio" || control.checked) {
      fields.set(control.dataset.part, control.value);
    }
  });
  return fields;
}

function progress(reply) {
  const bar = document.querySelector("[data-progress]");
  if (bar) {
    const words = bar.querySelector("[data-progress-words]");
    words.textContent = words.dataset.pattern.replace("{done}", reply.answered).replace("{total}", reply.total);
    bar.querySelector("[data-progress-bar]").setAttribute("width", String((100 * reply.answered) / reply.total));
  }
  const certain = document.getElementById("referral-certain");
  if (certain && reply.certain) certain.hidden = false;
}

export function autosave(form) {
  const unsaved = new Map();
  const timers = new Map();
  const status = document.querySelector("[data-saved]");
  const token = document.querySelector("meta[name=csrf-token]").content;
  let lostAt = "";
  let wait = 1000;
  let sending = false;
  let again = 0;

  function say(text, lost) {
    if (!status) return;
    status.textContent = text;
    status.classList.toggle("is-lost", lost);
  }

  function post(item, keepalive) {
    return fetch(form.dataset.autosave, {
      method: "POST",
      body: unsaved.get(item),
      headers: { "X-CSRF-Token": token, Accept: "application/json" },
      redirect: "manual",
      keepalive,
    });
  }

  function lost(words) {
    lostAt ||= timeOfDay();
    say(`${words} ${lostAt}. ${status?.dataset.wordsKeep ?? ""}`, true);
    clearTimeout(again);
    again = setTimeout(send, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  }

  function kept(reply) {
    progress(reply);
    if (unsaved.size > 0) return;
    lostAt = "";
    wait = 1000;
    say(`${status?.dataset.wordsSaved ?? ""} ${reply.saved_at}`, false);
  }

  /* One answer at a time, in the order they were given, so that the last one given is the last one kept.
     An answer that is refused does not hold up the others. */
  async function send() {
    if (sending) return;
    sending = true;
    let refused = false;
    try {
      for (const item of [...unsaved.keys()]) {
        const sent = unsaved.get(item);
        const reply = await post(item, false);
        if (!reply.ok) {
          refused = true;
          continue;
        }
        if (unsaved.get(item) === sent) unsaved.delete(item);
        kept(await reply.json());
      }
    } catch {
      sending = false;
      lost(status?.dataset.wordsLost ?? "");
      return;
    }
    sending = false;
    if (refused) lost(status?.dataset.wordsRefused ?? "");
    else if (unsaved.size) send();
  }

  function remember(item) {
    unsaved.set(item, fieldsOf(item));
  }

  form.addEventListener("change", (event) => {
    const item = event.target.closest("[data-item]");
    if (!item) return;
    clearTimeout(timers.get(item));
    remember(item);
    send();
  });
  form.addEventListener("input", (event) => {
    const item = event.target.closest("[data-item]");
    if (!item || ["radio", "checkbox"].includes(event.target.type)) return;
    remember(item);
    clearTimeout(timers.get(item));
    timers.set(item, setTimeout(send, PAUSE));
  });

  let leavingBySubmit = false;
  form.addEventListener("submit", () => {
    leavingBySubmit = true;
  });
  window.addEventListener("pagehide", () => {
    if (!leavingBySubmit) unsaved.forEach((_, item) => post(item, true).catch(() => {}));
  });
  window.addEventListener("online", send);
  window.addEventListener("beforeunload", (event) => {
    if (unsaved.size && !leavingBySubmit) event.preventDefault();
  });
}
