// Makes copies of files that this page still holds: sends the file again and saves what comes back.
import { sentFiles } from "./chat.js";

const GONE = "There is no connection to the assistant. Check that it is running, then try again.";

function tell(place, words, list, failed) {
  const line = Object.assign(document.createElement("p"), { textContent: words });
  place.replaceChildren(line);
  place.classList.toggle("failed", failed);
  if (!list.length) return;
  const items = list.map((text) => Object.assign(document.createElement("li"), { textContent: text }));
  const done = document.createElement("ul");
  done.append(...items);
  place.append(done);
}

function save(blob, name) {
  const address = URL.createObjectURL(blob);
  const link = Object.assign(document.createElement("a"), { href: address, download: name });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

async function makeCopy(link, file) {
  const buttons = link.closest(".copies");
  const place = buttons.querySelector("[role=status]");
  const data = new FormData();
  data.set("kind", link.dataset.copyKind);
  data.append("files", file, file.name);
  buttons.setAttribute("aria-busy", "true");
  tell(place, "Making the copy. It is checked again before you get it, so this takes a little longer than the check.", [], false);
  try {
    const answer = await fetch("/copy", { method: "POST", body: data, headers: { "X-Requested-With": "fetch" } });
    if (!answer.ok) {
      const body = await answer.json().catch(() => ({}));
      tell(place, body.error || GONE, [], true);
      return;
    }
    const about = JSON.parse(answer.headers.get("x-copy"));
    save(await answer.blob(), about.name);
    tell(place, `Saved as ${about.name}. ${about.why}`.trim(), about.removed, !about.verified && Boolean(about.why));
  } catch {
    tell(place, GONE, [], true);
  } finally {
    buttons.removeAttribute("aria-busy");
  }
}

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-copy-kind]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const exchange = link.closest("[data-exchange]");
  const file = (sentFiles.get(exchange.dataset.exchange) || [])[Number(link.dataset.copyFile)];
  // A page that was loaded anew holds no file: the link leads to a form that asks for it.
  if (!file) return;
  event.preventDefault();
  if (!link.closest(".copies").hasAttribute("aria-busy")) makeCopy(link, file);
});
