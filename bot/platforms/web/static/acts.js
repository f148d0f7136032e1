// Presses buttons without a reload and shows forms in a dialog; without this script each is a page of its own.
import { byId, call, say } from "./common.js";
import { count, placeCard, placeExchange } from "./timeline.js";

const dialog = byId("dialog");
let opener = null; // what gets the focus back when the dialog is closed
let done = false; // the dialog was closed because what it was for is done

function problemBeside(form, words) {
  const place = form.closest(".presses, .offered > li, .understood, nav, .note-body") || form;
  let line = place.querySelector(":scope > .press-problem");
  if (!line) {
    line = Object.assign(document.createElement("p"), { className: "press-problem error" });
    line.setAttribute("role", "alert");
    place.append(line);
  }
  line.textContent = words;
}

function problemInDialog(words) {
  let line = dialog.querySelector(".act-form > .error");
  if (!line) {
    line = Object.assign(document.createElement("div"), { className: "error" });
    line.setAttribute("role", "alert");
    (dialog.querySelector("h2") || dialog.firstElementChild).after(line);
  }
  line.textContent = words;
}

function showForm(html) {
  dialog.innerHTML = html; // made by our own templates, which escape every value
  const close = Object.assign(document.createElement("button"), { className: "button quiet close", type: "button", textContent: "Close" });
  close.addEventListener("click", () => dialog.close());
  dialog.prepend(close);
  if (!dialog.open) dialog.showModal();
  dialog.scrollTop = 0;
  firstToFill().focus();
}

function firstToFill() {
  const wrong = dialog.querySelector("fieldset[aria-invalid] input, [aria-invalid]:not(fieldset)");
  const first = dialog.querySelector("[data-act-form] :is(input:not([type=hidden]), select, textarea)");
  return wrong || first || dialog.querySelector("h2");
}

function closeDone() {
  done = true;
  if (dialog.open) dialog.close();
}

function show(answer, form) {
  if (answer.form) {
    showForm(answer.form);
  } else if (answer.error) {
    if (dialog.open) problemInDialog(answer.error);
    else problemBeside(form, answer.error);
  } else if (answer.go) {
    const here = location.pathname + location.search;
    location.assign(answer.go);
    if (answer.go.split("#")[0] === here) location.reload(); // an address that differs in its fragment alone loads nothing
  } else if (answer.card && byId("outcomes")) {
    closeDone();
    showOnce(answer.card);
  } else if (byId("log")) {
    closeDone();
    if (answer.card) placeCard(answer.card, { focus: true });
    else byIdFocus(placeExchange(answer.exchange));
  } else {
    location.assign("/"); // what came of it stands in the chat, and this is another page
  }
}

// A card that is shown once and kept nowhere: on a page without a conversation it comes first.
function showOnce(card) {
  const place = byId("outcomes");
  place.innerHTML = `<div class="outcome">${card.html}</div>`; // made by our own templates, which escape every value
  count(place);
  place.querySelector("[tabindex='-1']").focus();
  say(card.announce);
}

function byIdFocus(exchange) {
  exchange.querySelector("[tabindex='-1']").focus({ preventScroll: true });
}

async function send(url, options, form, submitter) {
  if (form.hasAttribute("aria-busy")) return;
  form.setAttribute("aria-busy", "true");
  submitter?.setAttribute("aria-disabled", "true");
  const slow = setTimeout(() => say("Working on it."), 400);
  try {
    show(await call(url, options), form);
  } catch (error) {
    if (dialog.open) problemInDialog(error.message);
    else problemBeside(form, error.message);
  } finally {
    clearTimeout(slow);
    form.removeAttribute("aria-busy");
    submitter?.removeAttribute("aria-disabled");
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  const data = new FormData(form, event.submitter);
  if (form.matches("[data-opens]")) {
    event.preventDefault();
    opener = event.submitter || form.querySelector("button");
    done = false;
    send(`${form.getAttribute("action")}?${new URLSearchParams(data)}`, {}, form, event.submitter);
  } else if (form.matches("[data-press]") || (form.matches("[data-act-form]") && dialog.open)) {
    event.preventDefault();
    send(form.getAttribute("action"), { method: "POST", body: data }, form, event.submitter);
  }
});

dialog.addEventListener("keydown", (event) => {
  // In a text of several lines Enter starts a line; with Ctrl or Cmd it sends, as people know it from mail.
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    dialog.querySelector("[data-act-form]")?.requestSubmit();
  }
});

dialog.addEventListener("close", () => {
  dialog.replaceChildren();
  // What was done takes the focus to what came of it; what was given up takes it back.
  if (!done && opener?.isConnected) opener.focus();
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-to-field]");
  if (link) {
    event.preventDefault();
    byId(link.hash.slice(1)).focus();
  }
  const code = event.target.closest("[data-copy-code]");
  if (code) copyCode(code);
  const print = event.target.closest("[data-print]");
  if (print) printCard(print.closest(".note"));
});

async function copyCode(button) {
  const code = button.previousElementSibling;
  try {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = "Copied";
    say("Copied.");
  } catch {
    getSelection().selectAllChildren(code);
    say("Selected: copy it with Ctrl and C.");
  }
}

function printCard(card) {
  card.classList.add("to-print");
  document.body.classList.add("printing");
  window.addEventListener("afterprint", () => {
    card.classList.remove("to-print");
    document.body.classList.remove("printing");
  }, { once: true });
  window.print();
}

document.addEventListener("change", (event) => {
  const list = event.target.closest("[data-checklist]");
  if (list) count(list.parentElement);
});

count(document);
document.querySelector(".outcome [tabindex='-1']")?.focus();
