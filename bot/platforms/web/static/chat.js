// Makes the plain forms of the page quicker: sends without a reload, shows progress, takes dropped and pasted files.
import { byId, say } from "./common.js";
import { placeExchange } from "./timeline.js";

const POLL_MS = 300;
const GONE = "There is no connection to the assistant. Your text is still in the box: check that it is running, then send again.";
const BROKEN = "Something went wrong on our side. Your text is still in the box: try again in a minute.";

const composer = byId("composer");
const box = byId("text");
const picker = byId("files");
const log = byId("log");
const dialog = byId("dialog");
export const sentFiles = new Map(); // files of each exchange, kept by this page alone, for an answer that concerns them
let chosen = [];
let busy = false;

function showError(words) {
  const error = byId("error");
  error.hidden = !words;
  error.textContent = words;
}

function inWords(bytes) {
  if (bytes >= 1024 * 1024) return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
  return bytes >= 1024 ? `${Math.round(bytes / 1024)} KB` : `${bytes} ${bytes === 1 ? "byte" : "bytes"}`;
}

// --- choosing files ---------------------------------------------------------------------------------------------------

function showChosen() {
  const list = byId("chosen");
  list.replaceChildren(...chosen.map((file) => {
    const chip = byId("file-chip").content.cloneNode(true).firstElementChild;
    chip.querySelector(".chip-name").textContent = file.name;
    chip.querySelector(".chip-size").textContent = inWords(file.size);
    const remove = chip.querySelector("button");
    remove.querySelector(".hide").textContent = ` ${file.name}`;
    remove.addEventListener("click", () => {
      chosen = chosen.filter((other) => other !== file);
      showChosen();
      say(`${file.name} removed.`);
      box.focus();
    });
    return chip;
  }));
  list.hidden = chosen.length === 0;
  byId("about-file").classList.toggle("shown", chosen.length > 0);
}

function addFiles(files) {
  const added = [...files];
  if (!added.length) return;
  const total = [...chosen, ...added].reduce((sum, file) => sum + file.size, 0);
  if (total > Number(composer.dataset.maxBytes)) {
    showError(`Too large to check: that is ${inWords(total)} and this chat takes up to ${composer.dataset.maxWords} in one go. Attach fewer files, or a smaller one.`);
    return;
  }
  showError("");
  chosen.push(...added);
  showChosen();
  say(`Attached: ${added.map((file) => file.name).join(", ")}.`);
  box.focus();
}

function named(file) {
  // A pasted screenshot arrives as "image.png" every time; a number tells several apart.
  if (!/^image\.\w+$/.test(file.name) || !chosen.some((other) => other.name === file.name)) return file;
  return new File([file], file.name.replace(".", ` ${chosen.length + 1}.`), { type: file.type });
}

// --- sending ----------------------------------------------------------------------------------------------------------

function showProgress(state, files) {
  const bar = byId("working-bar");
  byId("working").hidden = false;
  if (state.total) {
    bar.max = state.total;
    bar.value = state.done;
  } else {
    bar.removeAttribute("value");
  }
  const words = state.what ? `Checking: ${state.what}` : files ? "Checking your file" : "Reading your question";
  if (byId("working-words").textContent !== words) {
    byId("working-words").textContent = words;
    say(words);
  }
}

function hideProgress() {
  byId("working").hidden = true;
  byId("working-bar").removeAttribute("value");
  byId("working-words").textContent = "";
}

function post(url, data, onUpload) {
  // fetch cannot tell how far an upload has got.
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(data ? "POST" : "GET", url);
    request.setRequestHeader("X-Requested-With", "fetch");
    request.upload.addEventListener("progress", (event) => onUpload?.(event));
    request.addEventListener("error", () => reject(new Error(GONE)));
    request.addEventListener("abort", () => reject(new Error(GONE)));
    request.addEventListener("load", () => {
      let body = {};
      try { body = JSON.parse(request.responseText); } catch { body = { error: request.status === 403 ? request.responseText : BROKEN }; }
      if (request.status >= 400 || body.error) reject(new Error(body.error || BROKEN));
      else resolve({ status: request.status, body });
    });
    request.send(data);
  });
}

async function replyTo(data, files) {
  showProgress({}, files);
  const upload = (event) => {
    if (files && event.lengthComputable) showProgress({ done: event.loaded, total: event.total, what: "receiving your file" }, files);
  };
  let answer = await post("/ask", data, upload);
  while (answer.status === 202) {
    showProgress(answer.body, files);
    await new Promise((done) => setTimeout(done, POLL_MS));
    answer = await post(`/progress/${encodeURIComponent(answer.body.check)}`, null);
  }
  return answer.body;
}

function pending(text, files) {
  const article = byId("said").content.cloneNode(true).firstElementChild;
  article.querySelector(".text").textContent = text;
  article.querySelector(".text").hidden = !text;
  article.querySelector(".names").replaceChildren(...files.map((file) => Object.assign(document.createElement("li"), { textContent: file.name })));
  return article;
}

async function ask(data, { text, files, focusReply, keep }) {
  if (busy) return;
  busy = true;
  document.body.setAttribute("aria-busy", "true");
  showError("");
  const article = pending(text, files);
  log.append(article);
  byId("welcome")?.setAttribute("hidden", "");
  scrollTo({ top: document.body.scrollHeight });
  try {
    const reply = await replyTo(data, files.length > 0);
    sentFiles.set(reply.id, files);
    placeExchange(reply, article);
    keep.clear();
    if (focusReply) byId(`h-${reply.id}`).focus({ preventScroll: true });
  } catch (error) {
    article.remove();
    byId("welcome")?.removeAttribute("hidden");
    keep.restore();
    showError(error.message);
  } finally {
    hideProgress();
    document.body.removeAttribute("aria-busy");
    busy = false;
  }
}

function sendComposer() {
  const text = box.value.trim();
  const files = chosen;
  if (!text && !files.length) {
    showError("Type a question, or attach a file to check.");
    box.focus();
    return;
  }
  const data = new FormData();
  data.set("text", text);
  data.set("recipient", files.length ? byId("recipient").value : "");
  data.set("case", files.length ? byId("case").value : "");
  files.forEach((file) => data.append("files", file, file.name));
  const button = composer.querySelector(".main");
  button.disabled = true;
  box.readOnly = true;
  const again = () => { button.disabled = false; box.readOnly = false; box.focus(); };
  ask(data, {
    text, files, focusReply: false,
    keep: { clear: () => { box.value = ""; grow(); chosen = []; byId("recipient").value = ""; byId("case").value = ""; showChosen(); again(); }, restore: again },
  });
}

function sendOther(form, submitter) {
  const data = new FormData(form, submitter);
  const answering = data.get("answering");
  const files = (answering && sentFiles.get(answering)) || [];
  files.forEach((file) => data.append("files", file, file.name));
  const option = data.get("option");
  if (!option && !String(data.get("text")).trim()) {
    form.querySelector("input[name=text]").focus();
    return;
  }
  const buttons = [...form.querySelectorAll("button")];
  buttons.forEach((button) => { button.disabled = true; });
  ask(data, {
    text: option ? submitter.textContent.trim() : String(data.get("text")), files, focusReply: true,
    keep: { clear: () => {}, restore: () => { buttons.forEach((button) => { button.disabled = false; }); (submitter || buttons[0]).focus(); } },
  });
}

// --- "this isn't personal data" ---------------------------------------------------------------------------------------

async function notPersonal(form) {
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    const { body } = await post("/not-personal-data", new FormData(form));
    const line = Object.assign(document.createElement("p"), { className: "remembered", textContent: body.said, tabIndex: -1 });
    form.replaceWith(line);
    line.focus();
    say(body.said);
  } catch (error) {
    button.disabled = false;
    showError(error.message);
  }
}

// --- what starts all of this ------------------------------------------------------------------------------------------

function grow() {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.matches("[data-not-personal]")) {
    event.preventDefault();
    notPersonal(form);
  } else if (form.matches("[data-ask]")) {
    event.preventDefault();
    if (form === composer) sendComposer();
    else sendOther(form, event.submitter);
  }
});

if (composer) {
  showChosen();
  picker.addEventListener("change", () => { addFiles([...picker.files].map(named)); picker.value = ""; });
  box.addEventListener("input", grow);
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (!busy) sendComposer();
    }
  });
  document.addEventListener("paste", (event) => {
    if (dialog.open || !event.clipboardData.files.length) return;
    event.preventDefault();
    for (const file of event.clipboardData.files) addFiles([named(file)]);
  });
  let depth = 0;
  const carriesFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
  document.addEventListener("dragenter", (event) => { if (carriesFiles(event)) { depth += 1; byId("drop").hidden = false; } });
  document.addEventListener("dragleave", (event) => { if (carriesFiles(event) && --depth <= 0) { depth = 0; byId("drop").hidden = true; } });
  document.addEventListener("dragover", (event) => { if (carriesFiles(event)) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    depth = 0;
    byId("drop").hidden = true;
    addFiles(event.dataTransfer.files);
  });
}
