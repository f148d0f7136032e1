// Puts replies and cards into the conversation. The HTML comes from our own templates, which escape every value.
import { byId, say } from "./common.js";

const log = byId("log");

function made(html) {
  const template = document.createElement("template");
  template.innerHTML = html;
  return template.content.firstElementChild;
}

export function offerStart() {
  // The button comes with the page once there is something to forget.
  byId("welcome")?.remove();
  const nav = document.querySelector(".top nav");
  if (!log || nav.querySelector("form[action='/start-again']")) return;
  const form = Object.assign(document.createElement("form"), { method: "post", action: "/start-again" });
  form.append(Object.assign(document.createElement("button"), { className: "button quiet", type: "submit", textContent: "Start again" }));
  nav.prepend(form);
}

function keepTicks(before, after) {
  const ticked = new Set([...before.querySelectorAll("[data-checklist] input:checked")].map((box) => box.nextElementSibling.textContent));
  for (const box of after.querySelectorAll("[data-checklist] input")) {
    if (ticked.has(box.nextElementSibling.textContent)) box.checked = true;
  }
  count(after);
}

export function count(within) {
  for (const list of within.querySelectorAll("[data-checklist]")) {
    const boxes = [...list.querySelectorAll("input")];
    const done = boxes.filter((box) => box.checked).length;
    const words = `${done} of ${boxes.length} done`;
    const place = list.querySelector("[data-done]");
    if (place.textContent !== words) place.textContent = words;
  }
}

// A card replaces the one with its id, or stands under the reply it belongs to, or comes last.
export function placeCard(card, { focus }) {
  const fresh = made(card.html);
  const old = document.querySelector(`[data-card="${CSS.escape(card.id)}"]`);
  if (old) {
    keepTicks(old, fresh);
    old.replaceWith(fresh);
  } else {
    const under = card.under && document.querySelector(`[data-exchange="${CSS.escape(card.under)}"] [data-under]`);
    if (under) {
      under.append(fresh);
    } else {
      const alone = Object.assign(document.createElement("div"), { className: "alone" });
      alone.append(fresh);
      log.append(alone);
    }
    count(fresh);
  }
  offerStart();
  if (focus) {
    fresh.querySelector("[tabindex='-1']").focus({ preventScroll: true });
    fresh.scrollIntoView({ block: "nearest" });
  }
  say(card.announce);
  return fresh;
}

export function placeExchange(exchange, pending) {
  const fresh = made(exchange.html);
  if (pending) pending.replaceWith(fresh);
  else log.append(fresh);
  count(fresh);
  offerStart();
  say(exchange.announce);
  fresh.scrollIntoView({ block: "start" });
  return fresh;
}
