// Optional: the review works without this script. It adds single keys, keeps what was typed in the browser until it is
// saved, and ticks what is ready in the queue.
const KEYS_OFF = "review-keys-off";
const ALSO = { n: "j" };
const keys = document.getElementById("keys");
const ask = document.getElementById("ask");

function storage() { // a browser may refuse it
  try { return window.localStorage; } catch { return null; }
}

// The letter of a key: on keyboards for other scripts, the one printed on the same key of a Latin keyboard.
function letterOf(event) {
  if (/^[a-z?]$/i.test(event.key)) return event.key.toLowerCase();
  return /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : event.key;
}

function isTyping(target) {
  return target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]") !== null;
}

function askFirst(button) {
  const needed = button.dataset.needs && document.getElementById(button.dataset.needs);
  if (needed && !needed.value.trim()) {
    needed.focus();
    return;
  }
  const label = button.dataset.label;
  document.getElementById("ask-title").textContent = `${label}?`;
  const yes = ask.querySelector("[data-ask-yes]");
  yes.textContent = label;
  ask.returnValue = "no";
  ask.onclose = () => { if (ask.returnValue === "yes") button.form.requestSubmit(button); };
  ask.showModal();
  yes.focus();
}

function press(target) {
  if (target.matches("a[href]")) target.click();
  else if (target.matches("[type=checkbox]")) target.click();
  else if (target.value === "save") target.form.requestSubmit(target);
  else askFirst(target);
}

function useKeys() {
  const toggle = keys.querySelector("[data-keys-on]"), kept = storage();
  toggle.checked = kept?.getItem(KEYS_OFF) !== "1";
  const show = () => {
    for (const target of document.querySelectorAll("[data-key]")) {
      if (!target.dataset.key) continue;
      target.dataset.label ??= target.textContent.trim();
      target.querySelector("kbd")?.remove();
      target.removeAttribute("aria-keyshortcuts");
      if (!toggle.checked) continue;
      target.setAttribute("aria-keyshortcuts", target.dataset.key);
      if (target.matches("[type=checkbox]")) continue;
      const key = document.createElement("kbd");
      key.textContent = target.dataset.key;
      key.setAttribute("aria-hidden", "true");
      target.append(key);
    }
  };
  toggle.addEventListener("change", () => { kept?.setItem(KEYS_OFF, toggle.checked ? "0" : "1"); show(); });
  show();
  const help = document.querySelector("[data-keys-help]");
  help.hidden = false;
  help.addEventListener("click", () => keys.showModal());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || !toggle.checked) return;
    if (isTyping(event.target) || document.querySelector("dialog[open]")) return;
    const letter = letterOf(event);
    if (letter === "?") {
      keys.showModal();
    } else {
      const target = document.querySelector(`[data-key="${CSS.escape(ALSO[letter] ?? letter)}"]`);
      if (!target || letter === "") return;
      press(target);
    }
    event.preventDefault();
  });
}

// What was typed is kept in this browser until the page says that the decision was made.
function keepTyped(form) {
  const kept = window.sessionStorage, name = (field) => `review:${form.dataset.typed}:${field.name}`;
  const fields = [...form.elements].filter((field) => field.matches("textarea"));
  for (const field of fields) {
    const typed = kept.getItem(name(field));
    if (typed && !field.value) field.value = typed;
    field.addEventListener("input", () => kept.setItem(name(field), field.value));
  }
}

function forgetSaved(said) {
  const kept = window.sessionStorage;
  for (const key of Object.keys(kept)) {
    const [kind, reference] = key.split(":");
    if (kind === "review" && said.includes(reference)) kept.removeItem(key);
  }
}

function opened(link) {
  link.addEventListener("click", () => {
    for (const unread of document.querySelectorAll(`[data-unread="${link.dataset.opens}"]`)) unread.remove();
    const list = document.querySelector("[data-unread-files]");
    if (list && !list.querySelector("a")) list.remove();
  });
}

function queue(form) {
  const button = form.querySelector("[data-tick-ready]"), ready = [...form.querySelectorAll("[data-ready]")];
  if (!button || !ready.length) return;
  button.hidden = false;
  button.addEventListener("click", () => { for (const box of ready) box.checked = true; });
}

// Points are ticked with “I have looked at everything”, so that the page shows what is settled.
function tickAll(box) {
  const points = [...box.form.elements].filter((field) => field.name === "points");
  box.addEventListener("change", () => { for (const point of points) point.checked = box.checked || point.defaultChecked; });
}

if (keys?.showModal) useKeys();
forgetSaved([...document.querySelectorAll(".notice.calm[role=status]")].map((notice) => notice.textContent).join(" "));
document.querySelectorAll("form[data-typed]").forEach(keepTyped);
document.querySelectorAll("[data-opens]").forEach(opened);
document.querySelectorAll("form[data-queue]").forEach(queue);
document.querySelectorAll("[name=everything]").forEach(tickAll);
