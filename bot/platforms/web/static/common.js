// What the scripts of all pages share.
export const GONE = "There is no connection to the assistant. Nothing was lost on this page: check that it is running, then try again.";
export const BROKEN = "Something went wrong on our side. Try again in a minute.";

export const byId = (id) => document.getElementById(id);

document.documentElement.classList.add("script");

export function say(words) {
  const place = byId("status") || byId("act-status");
  place.textContent = words;
}

// Fetches JSON; a refusal is an answer too, and only a lost connection or a broken answer raises.
export async function call(url, options = {}) {
  let answer;
  try {
    answer = await fetch(url, { ...options, headers: { "X-Requested-With": "fetch" } });
  } catch {
    throw new Error(GONE);
  }
  const text = await answer.text();
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(answer.status === 403 || answer.status === 400 ? text : BROKEN);
  }
}
