// Optional: the contribution form works without this script. It counts words, shows times in the reader's own time zone,
// leaves the site without an entry in the history of this tab, and deletes what the site kept in this browser.
// Counts words as the server does (`text/words.py`): runs of letters and digits, or in Chinese, characters.
const MARK = /\p{M}/gu; // vowel signs and accents would split words
const HAN = /[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]/g;
const WORD = /[\p{L}\p{N}]+(?:['’ʼ\-.][\p{L}\p{N}]+)*/gu;
const SPOKEN_AFTER = 1500; // milliseconds after the last key before a screen reader is told the count

function countWords(text) {
  const plain = text.replace(MARK, "");
  return (plain.match(HAN) || []).length + (plain.replace(HAN, " ").match(WORD) || []).length;
}

function tellWords(note) {
  const field = document.getElementById(note.dataset.wordCount);
  const limit = Number(field?.dataset.words);
  if (!limit) return;
  const tell = () => {
    const left = limit - countWords(field.value);
    const words = left < 0 ? note.dataset.wordsOver : note.dataset.wordsLeft;
    note.textContent = words.replace("{count}", Math.abs(left));
  };
  const spoken = note.parentElement.querySelector("[data-words-spoken]");
  let timer = null;
  field.addEventListener("input", () => {
    tell();
    clearTimeout(timer);
    if (spoken) timer = setTimeout(() => (spoken.textContent = note.textContent), SPOKEN_AFTER);
  });
  tell();
}

function tellLocalTime(time) {
  const moment = new Date(time.dateTime);
  const format = { dateStyle: "long", timeStyle: "short", hourCycle: "h23" }; // as the server writes moments
  const { lang } = document.documentElement;
  const language = `${lang === "en" ? "en-GB" : lang}-u-nu-latn`; // the same digits as the rest of the page
  const inVienna = { timeZone: "Europe/Vienna" };
  if (moment.toLocaleString(language, format) === moment.toLocaleString(language, { ...format, ...inVienna })) return;
  const dayOf = (zone) => moment.toLocaleDateString(language, zone);
  const isSameDay = dayOf() === dayOf(inVienna);
  const note = document.createElement("span");
  note.className = "meta";
  const months = time.dataset.months?.split("|"); // where the page names them in another way than the browser
  const own = ({ type, value }) => (months && type === "month" ? months[moment.getMonth()] : value);
  const shown = isSameDay
    ? moment.toLocaleTimeString(language, { timeStyle: "short", hourCycle: "h23" })
    : new Intl.DateTimeFormat(language, format).formatToParts(moment).map(own).join("");
  note.textContent = ` ${time.dataset.local.replace("{time}", shown)}`;
  (time.closest("[data-moment]") || time).after(note);
}

// Delete the copies of one draft, or without its name all that this site kept here; other tabs do the same.
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("drafts") : null;

function storesOf(names) { // without those that the browser refuses
  return names.flatMap((name) => {
    try {
      return [window[name]].filter(Boolean);
    } catch {
      return [];
    }
  });
}

function forgetHere(draft, isStaying = false) {
  document.dispatchEvent(new CustomEvent("forget-drafts", { detail: { name: draft, isStaying } }));
  for (const store of storesOf(["sessionStorage"])) {
    for (const key of Object.keys(store)) if (!draft || key.includes(`:${draft}:`)) store.removeItem(key);
  }
  for (const store of storesOf(["localStorage"])) {
    for (const key of Object.keys(store)) {
      if (draft ? key.includes(`:${draft}:`) : key.startsWith("draft")) store.removeItem(key);
    }
  }
}

// Name the other steps of which this browser keeps a copy, and ask once before the draft is sent without it.
function nameOtherSteps(notices) {
  const { account, draft } = notices.dataset;
  const here = document.querySelector("form[data-autosave]")?.dataset.autosave;
  const keys = storesOf(["sessionStorage", "localStorage"]).flatMap((store) => Object.keys(store));
  const isKept = (step) => step !== here && keys.some((key) => key.startsWith(`draft:${account}:${draft}:${step}:`));
  const links = [...document.querySelectorAll("[data-step]")].filter((link) => isKept(link.dataset.step));
  if (!links.length) return;
  const notice = document.querySelector("template[data-notice=elsewhere]").content.firstElementChild.cloneNode(true);
  for (const link of links) {
    const item = document.createElement("li");
    item.append(link.cloneNode(true));
    notice.querySelector("ul").append(item);
  }
  notices.append(notice);
  const ask = (event) => { event.preventDefault(); notice.focus(); };
  document.querySelector("form[data-sends]")?.addEventListener("submit", ask, { once: true });
}

function forget(draft) {
  forgetHere(draft);
  tabs?.postMessage({ draft });
}

function vanish(address) {
  document.body.hidden = true;
  location.replace(address);
}

function leave(link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const data = new FormData();
    data.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]")?.value || "");
    navigator.sendBeacon(link.dataset.quickExit, data); // signs out without waiting for the answer
    forgetHere();
    tabs?.postMessage({ address: link.href });
    vanish(link.href);
  });
}

tabs?.addEventListener("message", ({ data: { draft, address } }) => {
  forgetHere(draft, !address);
  if (address) vanish(address);
});
document.querySelectorAll("form[data-forgets]").forEach((form) => {
  form.addEventListener("submit", () => forget(form.dataset.forgets || undefined));
});
document.querySelectorAll("[data-forgotten]").forEach((sent) => forget(sent.dataset.forgotten));
document.querySelectorAll("[data-notices]").forEach(nameOtherSteps);
document.querySelectorAll("[data-word-count]").forEach(tellWords);
document.querySelectorAll("time[data-local]").forEach(tellLocalTime);
document.querySelectorAll("[data-quick-exit]").forEach(leave);
