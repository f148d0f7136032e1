// The near-miss pages in a dialog.
import { BROKEN, GONE, byId } from "./common.js";

const dialog = byId("dialog");

async function step(url, options) {
  try {
    const answer = await fetch(url, { ...options, headers: { "X-Requested-With": "fetch" } });
    const html = await answer.text();
    if (!html.includes("near-miss")) throw new Error(BROKEN);
    dialog.innerHTML = html; // made by our own templates, which escape every value
  } catch {
    const error = dialog.querySelector(".error") || Object.assign(document.createElement("p"), { className: "error", role: "alert" });
    error.textContent = GONE;
    (dialog.querySelector("h2") || dialog).after(error);
    return;
  }
  const close = Object.assign(document.createElement("button"), { className: "button quiet close", type: "button", textContent: "Close" });
  close.addEventListener("click", () => dialog.close());
  dialog.prepend(close);
  (dialog.querySelector("[aria-invalid]") || dialog.querySelector("textarea") || dialog.querySelector("h2")).focus();
}

async function openNearMiss(link) {
  dialog.replaceChildren();
  await step(link.href, {});
  if (!dialog.querySelector(".near-miss")) { location.assign(link.href); return; }
  dialog.showModal();
  (dialog.querySelector("textarea") || dialog).focus();
  dialog.addEventListener("close", () => link.focus(), { once: true });
}

async function copy(button) {
  const source = byId(button.dataset.copy);
  try {
    await navigator.clipboard.writeText(source.textContent);
    byId("copied").textContent = "Copied.";
  } catch {
    getSelection().selectAllChildren(source);
    byId("copied").textContent = "Selected: copy it with Ctrl and C.";
  }
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-step]")) return;
  event.preventDefault();
  const url = event.submitter?.getAttribute("formaction") || form.action;
  if (dialog.open) step(url, { method: "POST", body: new FormData(form) });
  else { form.action = url; form.submit(); }
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-near-miss]");
  if (link && dialog && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    openNearMiss(link);
  }
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});
