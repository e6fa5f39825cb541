// Small comforts. Every page works without this file.
"use strict";

const PHONE = window.matchMedia("(max-width: 47.99rem)");

// A form is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if ("download" in form.dataset) return; // answered with a file; the page stays
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  form.setAttribute("aria-busy", "true");
});

// Back in the browser shows the page as it was left: the form may be sent again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.removeAttribute("aria-busy");
  }
});

// What is shown once is not there when somebody goes back to the page.
window.addEventListener("pagehide", () => {
  for (const once of document.querySelectorAll("[data-once]")) once.textContent = "–";
});

// Leaving a form marked data-guard with something typed asks first.
document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form && "guard" in form.dataset) form.dataset.guard = "changed";
});
window.addEventListener("beforeunload", (event) => {
  const unsaved = document.querySelector("form[data-guard=changed]:not([data-sent])");
  if (unsaved) event.preventDefault();
});

// Where data-keeps posts a form while it is typed, leaving asks only for what is not
// kept yet, and a page that is put aside, as a phone does, keeps it at once.
const guardOf = (event, from, to) => {
  const form = event.target.closest("form[data-guard]");
  if (event.target.closest("[data-keeps]") && form.dataset.guard === from) form.dataset.guard = to;
};
document.addEventListener("htmx:beforeRequest", (event) => guardOf(event, "changed", "keeping"));
document.addEventListener("htmx:afterRequest", (event) => {
  guardOf(event, "keeping", event.detail.successful ? "" : "changed");
});
document.addEventListener("visibilitychange", () => {
  if (!document.hidden) return;
  for (const keeps of document.querySelectorAll("form[data-guard=changed] [data-keeps]")) {
    keeps.dispatchEvent(new Event("put-aside"));
  }
});

// Without scripts a page is printed from the browser's menu.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

document.addEventListener("change", (event) => {
  if ("autosubmit" in event.target.dataset) event.target.form.requestSubmit();
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  const plain = !(event.ctrlKey || event.metaKey || event.altKey);
  if (event.key === "/" && plain && !typing) {
    const search = document.querySelector("main input[type=search]")
      || document.querySelector(".bar-search input");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
  if (event.key === "Escape") {
    if (location.hash === "#menu") location.hash = "#main";
    const open = document.querySelector("[data-drop][open]");
    if (open) {
      open.open = false;
      open.querySelector("summary").focus();
    }
  }
});

document.addEventListener("click", (event) => {
  for (const drop of document.querySelectorAll("[data-drop][open]")) {
    if (!drop.contains(event.target)) drop.open = false;
  }
});

// After a part of the page was replaced, say what it holds now.
document.addEventListener("htmx:afterSwap", (event) => {
  document.getElementById("stale").hidden = true;
  const news = event.target.querySelector("[data-announce]");
  if (news) document.getElementById("announcer").textContent = news.textContent;
});
for (const name of ["htmx:sendError", "htmx:timeout", "htmx:responseError"]) {
  document.addEventListener(name, (event) => {
    const status = event.detail.xhr ? event.detail.xhr.status : 0;
    // Answers from 400 to 499 are pages of their own, and are shown.
    if (status === 0 || status >= 500) document.getElementById("stale").hidden = false;
  });
}

// Filters take much room on a phone, so they start folded unless one is set.
if (PHONE.matches) {
  for (const fold of document.querySelectorAll("[data-fold]:not([data-fold=keep])")) {
    fold.open = false;
  }
}

const focused = document.querySelector("[data-focus]");
if (focused) focused.focus();
