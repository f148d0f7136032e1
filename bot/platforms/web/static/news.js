// Asks every few seconds whether a card came by itself, shows it, and marks the title until somebody looks.
import { byId, call } from "./common.js";
import { placeCard } from "./timeline.js";

const EVERY_MS = 2500;
const log = byId("log");
const title = document.title;
let came = Number(log.dataset.came);
let unseen = 0;

function mark() {
  document.title = unseen ? `(${unseen}) ${title}` : title;
}

async function ask() {
  try {
    const news = await call(`/news?after=${came}`);
    if (news.came < came) { came = news.came; return; } // the server was started anew
    for (const card of news.cards) {
      const fresh = placeCard(card, { focus: false });
      unseen += 1;
      if (document.activeElement === document.body) fresh.scrollIntoView({ block: "nearest" });
    }
    came = news.came;
    mark();
  } catch {
    // It is asked again soon; a lost connection shows where somebody sends something.
  }
}

function looked() {
  if (document.hidden || !unseen) return;
  unseen = 0;
  mark();
}

for (const sign of ["pointerdown", "keydown", "scroll"]) document.addEventListener(sign, looked, { passive: true });
document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
setInterval(ask, EVERY_MS);
