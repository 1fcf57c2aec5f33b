// Optional: the contribution form works without this script. It saves drafts as people type, counts words, shows times in
// the reader's own time zone, and leaves the site without an entry in the history of this tab.
const PAUSE = 4000; // milliseconds after the last key before the draft is saved

function autosave(form) {
  const status = form.querySelector("[data-saved]");
  let timer = null, changed = false, sending = false;

  async function save() {
    if (!changed || sending) return;
    changed = false;
    sending = true;
    try {
      const answer = await fetch(form.action || location.href, {
        method: "POST", body: new FormData(form), headers: { Accept: "application/json" },
      });
      const reply = await answer.json(); // fails if the answer is a page, for example after a sign-out: nothing was saved
      status.textContent = reply.saved;
    } catch {
      changed = true;
      status.textContent = form.dataset.failed;
      timer = setTimeout(save, PAUSE);
    }
    sending = false;
    if (changed) later();
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  }

  form.addEventListener("input", () => { changed = true; later(); });
  window.addEventListener("online", save);
  form.addEventListener("submit", () => { clearTimeout(timer); changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

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
  const format = { dateStyle: "medium", timeStyle: "short" };
  const { lang } = document.documentElement;
  const language = `${lang === "en" ? "en-GB" : lang}-u-nu-latn`; // the same digits as the rest of the page
  const here = moment.toLocaleString(language, format);
  const inVienna = moment.toLocaleString(language, { ...format, timeZone: "Europe/Vienna" });
  if (here === inVienna) return;
  const note = document.createElement("span");
  note.className = "meta";
  note.textContent = ` (${here} ${time.dataset.local})`;
  (time.closest("[data-moment]") || time).after(note);
}

function leave(link) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    const data = new FormData();
    data.set("csrfmiddlewaretoken", document.querySelector("[name=csrfmiddlewaretoken]")?.value || "");
    navigator.sendBeacon(link.dataset.quickExit, data); // signs out without waiting for the answer
    document.body.hidden = true;
    location.replace(link.href);
  });
}

document.querySelectorAll("form[data-autosave]").forEach(autosave);
document.querySelectorAll("[data-word-count]").forEach(tellWords);
document.querySelectorAll("time[data-local]").forEach(tellLocalTime);
document.querySelectorAll("[data-quick-exit]").forEach(leave);
