/* What the pages do besides being read and sent. Everything works without this file. */
import { initAll } from "./vendor/govuk-frontend-6.3.0/govuk-frontend.min.js";
import { autosave } from "./om-autosave.js";
import { paper } from "./om-paper.js";

document.documentElement.classList.add("om-js");
document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();

function leave() {
  window.location.replace("https://www.gov.uk/");
}

/* Three presses of Shift within five seconds leave the page, where the page offers a way out. */
function exitThisPage() {
  const link = document.querySelector("[data-exit]");
  if (!link) return;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    leave();
  });
  let presses = [];
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift") {
      presses = [];
      return;
    }
    presses = [...presses.filter((at) => Date.now() - at < 5000), Date.now()];
    if (presses.length === 3) leave();
  });
}

/* On a phone the navigation folds behind a Menu button, which is hidden without script. */
function menu() {
  const button = document.querySelector("[data-menu]");
  if (!button) return;
  const nav = document.getElementById(button.getAttribute("aria-controls"));
  button.hidden = false;
  nav.classList.add("is-folded");
  button.addEventListener("click", () => {
    const open = !nav.classList.toggle("is-folded");
    button.setAttribute("aria-expanded", String(open));
  });
}

/* A form sent twice within two seconds is sent once; the button itself is never disabled. */
function sendOnce(form) {
  let sentAt = 0;
  form.addEventListener("submit", (event) => {
    if (Date.now() - sentAt < 2000) event.preventDefault();
    else sentAt = Date.now();
  });
  window.addEventListener("pageshow", () => {
    sentAt = 0;
  });
}

/* A page that waits for a document asks every two seconds, then shows itself again. */
function poll(waiting) {
  const ask = async () => {
    try {
      const reply = await fetch(waiting.dataset.poll, { headers: { Accept: "application/json" } });
      if (reply.ok && (await reply.json()).ready) {
        window.location.reload();
        return;
      }
    } catch {
      /* No connection: ask again. */
    }
    setTimeout(ask, 2000);
  };
  setTimeout(ask, 2000);
}

/* A serious answer opens its note in place. */
function alerts(item) {
  const note = item.querySelector("[data-alert]");
  if (!note) return;
  item.addEventListener("change", () => {
    const yes = item.querySelector("input[data-part=answer]:checked")?.value === "yes";
    note.toggleAttribute("data-hide-until-yes", !yes);
  });
}

/* A question that follows on from another on the same page shows once that one has the answer it waits for. */
function followOn(item) {
  const before = document.querySelector(`[data-item="${item.dataset.after}"]`);
  if (!before) return;
  const show = () => {
    const given = before.querySelector("input[data-part=answer]:checked")?.value;
    item.hidden = !item.dataset.afterCodes.split(" ").includes(given);
  };
  before.addEventListener("change", show);
  show();
}

/* A slash goes to the search box, unless somebody is typing. */
function searchKey() {
  const box = document.querySelector("[data-search]");
  if (!box) return;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable]");
    if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    document.querySelector("[data-menu][aria-expanded=false]:not([hidden])")?.click();
    box.focus();
  });
}

exitThisPage();
menu();
searchKey();
document.querySelectorAll("form[method=post]").forEach(sendOnce);
document.querySelectorAll("[data-poll]").forEach(poll);
document.querySelectorAll("[data-item]").forEach(alerts);
document.querySelectorAll("[data-after]").forEach(followOn);
document.querySelectorAll("form[data-autosave]").forEach(autosave);
document.querySelectorAll("form:has([data-paper])").forEach(paper);

if (document.querySelector("[data-module^=moj-]")) {
  import("./vendor/ministryofjustice-frontend-11.1.0/moj-frontend.min.js").then((moj) => moj.initAll());
}
