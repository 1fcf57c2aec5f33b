// Optional: the page of a press release works without this script, with typing and "Add rows". With it, people select
// words in the text and say what they are. The text becomes a field that refuses every change: it has a caret, so that
// the mouse, fingers, the keyboard and screen readers select in it as in any other field.
const LETTER = /[\p{L}\p{N}]/u;
const MARKS = /[“”„«»"]/u;
const EDGES = /^[\s.,;:!?“”„«»"‘()[\]–—-]+|[\s.,;:“”„«»"()[\]–—-]+$/gu; // around a name
const RUNS_ON = /^(?:(?!\b(?:but|and|that|while|whereas)\b)[^.;:!?\n]){1,200},\s*$/u; // “…,” she said, “…”
const COPULA = " […] ";
const ARTICLE = /^(?:the|l[ae]s?|el|los)\s+/iu; // before the name of a dialogue
const SERIES = /^.*\bdi[aá]log\p{L}*\s(?:constructi\p{L}+\s)?(?:on|sur|sobre)\s(?:(?:the|l[ae]s?|el|los)\s|l’)?/iu; // before its series
const isHeading = (line) => line.trim().length <= 140 && line.trim().split(/\s+/u).length <= 20 && /[^.!?:;,”"»]$/u.test(line.trim());

const form = document.querySelector("[data-press]");
if (form) start();

function start() {
  const text = form.querySelector("[data-press-words]"), source = text.textContent;
  const tools = form.querySelector("[data-press-tools]"), status = tools.querySelector("[data-press-status]");
  const people = tools.querySelector("[data-press-person]"), undoButton = tools.querySelector("[data-press-undo]");
  const kept = text.innerHTML;
  let chosen = null, undo = null, changed = false;

  // The text as a field.
  text.contentEditable = "true";
  for (const [name, value] of Object.entries({ role: "textbox", "aria-multiline": "true", "aria-readonly": "true",
    inputmode: "none", spellcheck: "false", autocorrect: "off", "data-gramm": "false" })) text.setAttribute(name, value);
  for (const type of ["beforeinput", "dragstart", "drop", "paste", "cut"]) text.addEventListener(type, (event) => event.preventDefault());
  text.addEventListener("input", () => { text.innerHTML = kept; }); // an input method may write all the same
  form.querySelector("[data-press-help]").hidden = tools.hidden = false;
  form.querySelector("[data-press-key]").hidden = true; // the buttons have these colours

  // Selection.
  const offset = (node, place) => {
    const range = document.createRange();
    range.selectNodeContents(text);
    range.setEnd(node, place);
    return range.toString().length;
  };
  const rangeOf = ([begin, end]) => {
    const range = document.createRange(), walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    for (let place = 0, node; (node = walker.nextNode()); place += node.length) {
      if (begin >= place && begin <= place + node.length) range.setStart(node, begin - place);
      if (end > place && end <= place + node.length) { range.setEnd(node, end - place); break; }
    }
    return range;
  };
  const highlight = (name, span) => { // returns what takes it back
    if (!CSS.highlights) return () => {};
    const all = CSS.highlights.get(name) || new Highlight(), range = rangeOf(span);
    CSS.highlights.set(name, all.add(range));
    return () => all.delete(range);
  };

  function wholeWords(begin, end) { // a drag may begin and end inside a word
    while (begin < end && !source[begin].trim()) begin += 1;
    while (end > begin && !source[end - 1].trim()) end -= 1;
    while (begin > 0 && LETTER.test(source[begin]) && LETTER.test(source[begin - 1])) begin -= 1;
    while (end < source.length && LETTER.test(source[end - 1]) && LETTER.test(source[end])) end += 1;
    return begin < end ? [begin, end] : null;
  }

  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection.rangeCount || !text.contains(selection.anchorNode) || !text.contains(selection.focusNode)) return;
    const range = selection.getRangeAt(0);
    choose(range.collapsed ? null : wholeWords(offset(range.startContainer, range.startOffset), offset(range.endContainer, range.endOffset)));
  });

  function choose(span) {
    if (String(span) === String(chosen)) return; // a press of a button may repeat the selection
    chosen = span;
    CSS.highlights?.delete("press-chosen");
    if (chosen) highlight("press-chosen", chosen);
    say(chosen ? "selected" : "none", { words: shortened(words()) });
    if (chosen) people.value = speakerNear(chosen);
  }

  const words = () => (chosen ? source.slice(...chosen) : "");
  const shortened = (long) => (long.length > 70 ? `${long.slice(0, 45)} … ${long.slice(-20)}` : long);

  function say(name, parts = {}) {
    status.textContent = Object.entries(parts).reduce((said, [key, value]) => said.replace(`{${key}}`, () => value), status.dataset[name]);
  }

  // Rows.
  const rows = (kind) => [...form.querySelectorAll(`[data-press-group="${kind}"] [data-press-rows] > fieldset`)];
  const field = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const valueOf = (row, name) => field(row, name)?.value.trim() || "";

  function addRow(kind) {
    const group = form.querySelector(`[data-press-group="${kind}"]`), total = group.querySelector('[name$="-TOTAL_FORMS"]');
    const number = Number(total.value), holder = document.createElement("template");
    holder.innerHTML = group.querySelector("template").innerHTML.replaceAll("__prefix__", number).replaceAll("__number__", number + 1);
    const row = holder.content.firstElementChild;
    group.querySelector("[data-press-rows]").append(row);
    total.value = number + 1;
    tellMeetings();
    if (field(row, "meeting")) field(row, "meeting").value = meetingAt(chosen ? chosen[0] : source.length);
    return row;
  }

  function removeRow(kind, row) { // only the last one of a kind, so that the numbers stay
    row.remove();
    form.querySelector(`[data-press-group="${kind}"] [name$="-TOTAL_FORMS"]`).value -= 1;
  }

  function tellMeetings() {
    const names = rows("meetings").map((row, number) => {
      const existing = field(row, "existing");
      return `${number + 1}. ${existing.value ? existing.selectedOptions[0].text : valueOf(row, "title")}`.trim();
    });
    for (const select of form.querySelectorAll('select[name$="-meeting"]')) {
      const value = select.value;
      select.replaceChildren(select.options[0], ...names.map((name, number) => new Option(name, number)));
      select.value = value || (names.length === 1 && !select.name.startsWith("topics") ? "0" : ""); // as the server does
    }
  }

  function tellPeople() {
    const value = people.value, names = [...new Set(rows("people").map((row) => valueOf(row, "name")).filter(Boolean))];
    people.replaceChildren(new Option(people.dataset.nobody, ""), ...names.map((name) => new Option(name, name)));
    people.value = names.includes(value) ? value : "";
    form.querySelector("#press-names").replaceChildren(...names.map((name) => new Option(name, name)));
  }

  function tellTicked() {
    const ticked = form.querySelectorAll('.press-found [data-press-rows] [name$="-accept"]:checked, #news-0 [name$="-accept"]:checked').length;
    form.querySelector("[data-press-count]").textContent = `(${ticked})`;
  }

  // Guesses, which the row shows and people can change.
  function meetingAt(place) {
    const names = rows("meetings").map((row) => {
      const series = field(row, "series");
      return (series.value ? series.selectedOptions[0].text : valueOf(row, "title").replace(SERIES, "")).toLowerCase();
    });
    if (names.length === 1) return "0";
    const namedIn = (line) => names.map((name, number) => [name, number]).filter(([name]) => name && line.toLowerCase().includes(name));
    const lines = source.slice(0, place).split("\n"), begun = lines.pop();
    const here = namedIn(begun + source.slice(place).split("\n")[0]);
    const headings = lines.filter(isHeading).map(namedIn).filter((named) => named.length);
    const [only, other] = here.length ? here : headings.at(-1) || [];
    return only && !other ? String(only[1]) : ""; // if two are named, people say which
  }

  function speakerNear([begin, end]) {
    const first = source.lastIndexOf("\n", begin) + 1, last = (source.indexOf("\n", end) + source.length + 1) % (source.length + 1) || source.length;
    let best = "", least = Infinity;
    for (const { value } of people.options) {
      for (const name of value ? [value, value.split(" ").at(-1)] : []) {
        for (let at = source.indexOf(name, first); at >= 0 && at < last; at = source.indexOf(name, at + 1)) {
          const away = at >= end ? at - end : Math.abs(begin - at - name.length) + 1;
          if (away < least) [best, least] = [value, away];
        }
      }
    }
    return best || people.value;
  }

  // What the words are.
  function quotations(selected) {
    const parts = selected.split(MARKS), mark = selected.match(MARKS)?.[0];
    if (!mark) return [tidied(selected)];
    const inside = /[”»]/u.test(mark) ? 0 : 1; // it begins inside a quotation if the first mark closes one
    const found = [];
    for (let place = inside; place < parts.length; place += 2) {
      const part = tidied(parts[place]);
      if (!part) continue;
      const breaksOff = place > inside && (parts[place - 2].endsWith(",") || parts[place - 1].startsWith(","));
      if (breaksOff && RUNS_ON.test(parts[place - 1]) && /^\p{Ll}/u.test(part)) found.push(found.pop() + COPULA + part);
      else found.push(part);
    }
    return found;
  }
  const bare = (part) => part.replace(/[\s.,;:!?]+$/u, ""); // two quotations that differ in their last mark are one
  const tidied = (part) => part.trim().replace(/,$/u, "");

  const makers = {
    people: (name) => [{ name: name.replace(EDGES, "") }],
    topics: (name) => [{ name: name.replace(EDGES, "") }],
    quotes: (selected) => quotations(selected).map((one) => ({ words: one, speaker: people.value })),
    meetings: (title) => [{ title: title.replace(EDGES, "").replace(/\s+/gu, " ").replace(ARTICLE, "") }],
  };
  const MAIN = { people: "name", topics: "name", quotes: "words", meetings: "title" };

  function make(kind, label) {
    if (!chosen) return say("none");
    const made = [];
    for (const values of makers[kind](words())) {
      const main = values[MAIN[kind]], same = rows(kind).find((row) => bare(valueOf(row, MAIN[kind])) === bare(main));
      if (!main) continue;
      const row = same || addRow(kind), box = field(row, "accept");
      for (const [name, value] of Object.entries(values)) if (value && !(same && name === MAIN[kind])) field(row, name).value = value;
      if (!same && kind === "meetings") chooseSeries(row, main);
      if (!same) made.push(row);
      if (box) box.checked = true;
      say(same ? "there" : "added", { kind: label, words: shortened(main) });
      show(row);
    }
    const unmark = highlight(`press-${kind}`, chosen);
    remember(() => { unmark(); for (const row of made.reverse()) removeRow(kind, row); });
  }

  function chooseSeries(row, title) {
    const options = [...field(row, "series").options].filter((one) => one.value && title.toLowerCase().includes(one.text.toLowerCase()));
    const longest = options.sort((one, other) => other.text.length - one.text.length)[0];
    if (longest) field(row, "series").value = longest.value;
  }

  function fill(name, label) {
    if (!chosen) return say("none");
    const row = rows("people").find((one) => valueOf(one, "name") === people.value && people.value);
    if (!row) return people.focus();
    const input = field(row, name), before = input.value;
    input.value = words().replace(EDGES, "").replace(/\s+/gu, " ");
    say("filled", { kind: label, words: `${people.value}: ${input.value}` });
    show(row);
    remember(() => { input.value = before; });
  }

  function remember(takeBack) {
    undo = takeBack;
    undoButton.disabled = false;
    changed = true;
    refresh();
  }

  function refresh() { tellMeetings(); tellPeople(); tellTicked(); }

  function show(row) {
    for (const one of form.querySelectorAll(".press-row.is-new")) one.classList.remove("is-new");
    row.classList.add("is-new");
    if (matchMedia("(min-width: 64rem)").matches) row.scrollIntoView({ block: "nearest" });
  }

  // Buttons and keys.
  const buttons = [...tools.querySelectorAll("[data-make], [data-fill]")];
  const press = (button) => {
    const label = button.querySelector("span").textContent;
    if (button.dataset.make) make(button.dataset.make, label); else fill(button.dataset.fill, label);
  };
  for (const button of buttons) button.addEventListener("click", () => press(button));
  undoButton.addEventListener("click", () => { undo?.(); undo = null; undoButton.disabled = true; say("undone"); refresh(); text.focus({ preventScroll: true }); });
  text.addEventListener("keydown", (event) => {
    const button = buttons.find((one) => one.getAttribute("aria-keyshortcuts") === event.key);
    if (button && !event.ctrlKey && !event.metaKey && !event.altKey) { event.preventDefault(); press(button); }
    const link = event.key === "Enter" && document.getSelection().anchorNode?.parentElement.closest("a");
    if (link) follow(link, event);
  });
  text.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link && document.getSelection().isCollapsed) follow(link, event);
  });

  function follow(link, event) {
    event.preventDefault();
    const row = document.getElementById(link.hash.slice(1));
    row?.scrollIntoView({ block: "center" });
    row?.querySelector("input, select, textarea")?.focus({ preventScroll: true });
  }

  // The text follows the row that people are in.
  form.addEventListener("focusin", (event) => {
    const row = event.target.closest(".press-row"), link = row && text.querySelector(`a[href="#${row.id}"]`);
    for (const one of text.querySelectorAll(".is-current")) one.classList.remove("is-current");
    if (!link) return;
    link.classList.add("is-current");
    const place = link.offsetTop - text.offsetTop;
    if (place < text.scrollTop || place > text.scrollTop + text.clientHeight - 40) text.scrollTop = place - text.clientHeight / 3;
  });

  // Rows by hand, and words that are not sent yet.
  for (const button of form.querySelectorAll('button[name="add"][value]:not([value=""])')) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      const row = addRow(button.value);
      refresh();
      show(row);
      row.querySelector(`[name$="-${MAIN[button.value]}"]`).focus();
    });
  }
  form.addEventListener("input", () => { changed = true; refresh(); });
  form.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
  refresh();
}
