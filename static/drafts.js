// Optional: the steps of a contribution work without this script. It saves while people type, keeps in the browser what
// is not saved yet (static/draft-copies.js), and always says which of the two is true. All text comes from the page.
const PAUSE = 4000; // milliseconds after the last key before the draft is saved, and after a failure
const LONGEST_PAUSE = 30000; // milliseconds between attempts
const PATIENCE = 30000; // milliseconds after which an answer is not awaited any longer

const notices = document.querySelector("[data-notices]"); // it also carries the words of the page and what a copy needs
const plain = (name, value) => (typeof value === "string" ? value.trim().replace(/\r\n/g, "\n") : value); // as it is saved
const same = (one, other) => JSON.stringify(one, plain) === JSON.stringify(other, plain);

function clock(moment, { lang } = document.documentElement) { // the same digits as the rest of the page
  const isToday = moment.toDateString() === new Date().toDateString();
  const format = isToday ? { timeStyle: "short" } : { dateStyle: "medium", timeStyle: "short" };
  return moment.toLocaleString(`${lang === "en" ? "en-GB" : lang}-u-nu-latn`, { ...format, hourCycle: "h23" });
}

// The fields that a person fills in, and their values by name: those in the form, or those that the server sent.
function fieldsOf(form) {
  return [...form.elements].filter((field) => field.name && !["hidden", "file", "submit", "button"].includes(field.type));
}

function valuesOf(form, isAsSent = false) {
  const values = {};
  for (const field of fieldsOf(form)) {
    if (field.matches("[type=radio], [type=checkbox]")) {
      values[field.name] ??= [];
      if (isAsSent ? field.defaultChecked : field.checked) values[field.name].push(field.value);
    } else if (field.matches("select") && isAsSent) {
      values[field.name] = ([...field.options].find((option) => option.defaultSelected) ?? field.options[0])?.value ?? "";
    } else {
      values[field.name] = isAsSent ? field.defaultValue : field.value;
    }
  }
  return values;
}

function fill(form, values) {
  for (const field of fieldsOf(form)) {
    if (!(field.name in values)) continue;
    const value = values[field.name];
    if (field.matches("[type=radio], [type=checkbox]")) field.checked = [value].flat().includes(field.value);
    else field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

// How a value reads on the page.
function readable(form, name, value) {
  const [field] = fieldsOf(form).filter((one) => one.name === name);
  if (field?.matches("select")) return [...field.options].find((option) => option.value === value)?.label ?? value;
  if (!field?.matches("[type=radio], [type=checkbox]")) return value;
  const chosen = fieldsOf(form).filter((one) => one.name === name && [value].flat().includes(one.value));
  return chosen.map((one) => one.labels[0]?.textContent).join(", ");
}

function labelOf(form, name) {
  const [field] = fieldsOf(form).filter((one) => one.name === name);
  const title = field?.closest("fieldset")?.querySelector("legend") ?? field?.labels?.[0];
  return (field?.type === "radio" ? title : (field?.labels?.[0] ?? title))?.textContent ?? name;
}

// A notice from a template of the page, with its buttons: {discard, take, keep} name what each does.
function showNotice(name, { at, texts }, actions) {
  const notice = document.querySelector(`template[data-notice="${name}"]`).content.firstElementChild.cloneNode(true);
  const sentence = notice.querySelector("p");
  sentence.textContent = sentence.textContent.replace("{time}", at ? clock(new Date(at)) : "");
  for (const [title, text] of texts ?? []) {
    const term = document.createElement("dt"), words = document.createElement("dd");
    [term.textContent, words.textContent, words.dir, words.className] = [title, text, "auto", "as-typed"];
    notice.querySelector("[data-texts]").append(term, words);
  }
  for (const [action, act] of Object.entries(actions)) {
    notice.querySelector(`[data-${action}]`).addEventListener("click", () => { notice.remove(); act(); });
  }
  notices.append(notice);
  return notice;
}

class Draft {
  constructor(form) {
    Object.assign(this, { form, words: notices.dataset, state: "", tries: 0, sent: [], isFinal: false });
    this.saved = "refused" in notices.dataset ? null : valuesOf(form, true); // null: unknown, but not all that is here
    this.line = document.querySelector("[data-saved]");
    this.told = document.querySelector("[data-told]");
    this.savedAt = new Date(this.line.querySelector("time").dateTime);
    form.addEventListener("input", () => this.changed());
    form.addEventListener("submit", (event) => this.submit(event));
    for (const link of document.querySelectorAll("[data-step]")) link.addEventListener("click", (event) => this.follow(event));
    window.addEventListener("online", () => this.save());
    window.addEventListener("offline", () => this.isChanged && this.say("offline"));
    document.addEventListener("visibilitychange", () => document.hidden && this.save());
    window.addEventListener("beforeunload", (event) => { if (this.isChanged && !this.copies?.isKept) event.preventDefault(); });
  }

  get values() { return valuesOf(this.form); }
  get isChanged() { return !this.isLeaving && !same(this.values, this.saved); }
  get seen() { return this.form.elements.seen; }

  async start() {
    try {
      const { Copies } = await import(this.words.copies);
      this.copies = new Copies({ ...this.words, step: this.form.dataset.autosave });
    } catch { /* without copies, the page says so and asks before it is left */ } finally { this.isReady = true; }
    const copies = await this.copies?.all() ?? [];
    const unsaved = copies.filter(({ values }) => !same(values, this.saved) && !same(values, this.values));
    for (const copy of copies) if (!unsaved.includes(copy)) this.copies.remove(copy.name);
    const isUntouched = this.saved && same(this.values, this.saved);
    const newest = isUntouched && unsaved[0]?.base === this.seen.value ? unsaved.shift() : null;
    if (newest) await this.restore(newest);
    for (const copy of unsaved) this.offer(copy);
    this.offerDevice();
    this.isChanged ? this.changed() : this.say("saved");
  }

  // Put back what was typed before a reload, an error page or a crash. Only then is the older copy deleted.
  async restore(copy) {
    const before = this.saved;
    fill(this.form, copy.values);
    await this.copies.keep(this.values, this.seen.value);
    if (this.copies.isKept) this.copies.remove(copy.name);
    const discard = () => { fill(this.form, before); this.form.querySelector("[name]:not([type=hidden])").focus(); };
    this.tell(showNotice("restored", copy, { discard }).querySelector("p").textContent);
  }

  // Show other words beside those in the form, and let the filer choose.
  offer(copy) {
    const take = async () => {
      fill(this.form, copy.values);
      await this.copies.keep(this.values, this.seen.value);
      discard();
    };
    const discard = () => this.copies.remove(copy.name);
    const texts = this.differences(copy.values);
    this.tell(showNotice("other", { at: copy.at, texts }, { take, discard }).querySelector("p").textContent);
  }

  differences(values) {
    const here = this.values;
    const names = Object.keys(values).filter((name) => name in here && !same([here[name]].flat(), [values[name]].flat()));
    return names.map((name) => [labelOf(this.form, name), readable(this.form, name, values[name]) || this.words.textEmpty]);
  }

  offerDevice() {
    const box = document.querySelector("[data-keep-here]"), tick = box?.querySelector("input");
    if (!box || !this.copies?.canKeep || !this.copies.device) return;
    box.hidden = false;
    tick.checked = this.copies.isOnDevice;
    tick.addEventListener("change", () => {
      this.copies.choose(tick.checked);
      if (this.isChanged) this.changed();
    });
  }

  async changed() {
    if (!this.isChanged) { // typed back
      this.copies?.remove();
      if (!this.isFinal) this.say("saved");
      return;
    }
    if (!this.isFinal) this.later();
    await this.copies?.keep(this.values, this.seen.value);
    if (this.isChanged) this.say(this.problem || "unsaved"); // else saved or discarded meanwhile
  }

  later() {
    clearTimeout(this.timer);
    if (!this.isPaused) this.timer = setTimeout(() => this.save(), Math.min(PAUSE * 2 ** Math.max(0, this.tries - 1), LONGEST_PAUSE));
  }

  // Save what changed, once a save that is under way has ended. Return the reply, or null if it is not saved.
  save(go = null) {
    this.saving = (this.saving ?? Promise.resolve()).then(() => this.send(go));
    return this.saving;
  }

  async send(go, isRetry = false) {
    clearTimeout(this.timer);
    const isAsked = go !== null, isHeld = this.isPaused || this.isFinal;
    if (!isAsked && !this.isChanged && !isHeld) this.say("saved"); // a press had no answer, but there was nothing to save
    if (!isAsked && (!this.isChanged || isHeld)) return null;
    if (this.newer) [this.seen.value, this.newer] = [this.newer, null]; // the filer chose
    const values = this.values, body = new FormData(this.form);
    body.set("go", go ?? "");
    if (isAsked) this.say("saving");
    const { status, reply } = await this.ask(body);
    if (status === 200) return this.confirm(values, reply);
    const isOurs = reply?.reason === "newer" && this.sent.some((earlier) => this.agrees({ ...values, ...reply.stored }, earlier));
    if (reply?.reason === "token" && !isRetry) {
      this.form.elements.csrfmiddlewaretoken.value = reply.token;
      return this.send(go, true);
    }
    if (isOurs) { // it was saved, only the answer was lost
      this.seen.value = reply.seen;
      return this.send(go);
    }
    if (!reply) this.sent.push(values);
    this.fail(status, reply, isAsked);
    return null;
  }

  async ask(body) {
    try {
      const headers = { Accept: "application/json" }, signal = AbortSignal.timeout(PATIENCE);
      const answer = await fetch(this.form.action, { method: "POST", body, headers, signal });
      return { status: answer.status, reply: await answer.json() };
    } catch { // no connection, no answer in time, or an answer that is a page
      return { status: 0, reply: null };
    }
  }

  agrees(stored, earlier) {
    return Object.keys(stored).every((name) => same([stored[name]].flat(), [earlier[name] ?? ""].flat()));
  }

  confirm(values, reply) {
    Object.assign(this, { tries: 0, problem: "", sent: [], savedAt: new Date(), isPaused: false });
    this.seen.value = reply.seen;
    notices.querySelector("[data-keep]")?.closest("[role=group]").remove();
    const refused = Object.keys(reply.errors);
    this.saved = Object.fromEntries(Object.entries(values).filter(([name]) => !refused.includes(name)));
    if (!refused.length) this.changed();
    else Promise.resolve(this.copies?.keep(values, reply.seen)).then(() => this.say("errors"));
    return reply;
  }

  fail(status, reply, isAsked) {
    this.tries += 1;
    const reason = reply?.reason;
    if (reason === "newer") this.compare(reply, isAsked);
    this.isFinal = ["sent", "closed", "absent"].includes(reason);
    const trouble = navigator.onLine ? "no-answer" : "offline";
    this.problem = ["newer", "signed-out"].includes(reason) ? reason : reason ? "problem" : trouble;
    this.words.textProblem = reply?.problem ?? "";
    this.say(this.problem);
    if (!this.isFinal) this.later();
  }

  // The server has newer words than those this page began with. Nothing is saved until the filer has seen them and chooses.
  compare(reply, isAsked) {
    Object.assign(this, { isPaused: true, newer: reply.seen, isShown: isAsked });
    notices.querySelector("[data-keep]")?.closest("[role=group]").remove();
    const go = () => { this.isPaused = false; this.save(""); };
    const take = () => { fill(this.form, reply.stored); go(); };
    this.choice = showNotice("newer", { texts: this.differences(reply.stored) }, { keep: go, take });
    if (isAsked) this.choice.focus();
  }

  async submit(event) {
    if (this.isNative) return;
    event.preventDefault();
    if (this.isPaused && !this.isShown) {
      this.isShown = true;
      return this.choice.focus();
    }
    const button = event.submitter, reply = await this.save(button?.value ?? "");
    if (!reply) return this.tell(this.line.textContent);
    if (Object.keys(reply.errors).length) { // the page with the errors comes from the server
      this.isNative = this.isLeaving = true;
      return this.form.requestSubmit(button);
    }
    if (!reply.next) return this.tell(this.line.textContent);
    location.assign(reply.next);
  }

  // A link to another step saves first. If that fails, the copy stays.
  async follow(event) {
    if (!this.isChanged || this.isPaused || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    await this.save("");
    location.assign(event.target.href);
  }

  // Say in view what is saved. Screen readers announce problems and their end, not each save.
  say(state) {
    const word = (name) => this.words[`text${name[0].toUpperCase()}${name.slice(1).replace(/-(.)/g, (all, letter) => letter.toUpperCase())}`];
    const isCalm = ["saved", "saving", "unsaved"].includes(state);
    const copy = this.copies?.isKept ? (this.copies.isOnDevice ? "device" : "tab") : this.copies?.isFull ? "full" : "nowhere";
    const sentence = word(state).replace("{time}", clock(this.savedAt));
    this.line.textContent = this.isReady && this.isChanged && state !== "saving" ? `${sentence} ${word(copy)}` : sentence;
    document.querySelector("[data-sign-in]").hidden = state !== "signed-out";
    if (state !== this.state && (!isCalm || (state === "saved" && this.isTroubled))) this.tell(this.line.textContent);
    if (state !== "saving") [this.state, this.isTroubled] = [state, !isCalm || (this.isTroubled && state !== "saved")];
  }

  tell(sentence) { this.told.textContent = sentence; }
  forget(isStaying) {
    this.copies?.forget();
    Object.assign(this, { isFinal: !isStaying, tries: 0 });
    clearTimeout(this.timer);
    if (isStaying && this.isChanged) this.later(); // then the server says what happened elsewhere
  }
}

for (const time of document.querySelectorAll("[data-saved] time")) time.textContent = clock(new Date(time.dateTime));
for (const form of document.querySelectorAll("form[data-autosave]")) {
  for (const note of form.querySelectorAll("[data-without-script]")) note.hidden = true;
  const draft = new Draft(form);
  document.addEventListener("forget-drafts", ({ detail: { name, isStaying } }) => { if (!name || name === notices.dataset.draft) draft.forget(isStaying); });
  draft.start();
}
