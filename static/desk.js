// Optional: the desk works without this script. It suggests names, ticks all rows, moves rows by drag and drop, and warns before a page
// with unsaved changes is left.
const PAUSE = 200; // milliseconds after the last key before names are asked for

function suggestNames(input) {
  const list = document.createElement("datalist");
  list.id = `${input.id}-names`;
  input.after(list);
  input.setAttribute("list", list.id);
  let timer = null, asked = "";
  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const words = input.value.trim();
      if (!words || words === asked) return;
      asked = words;
      const query = new URLSearchParams({ q: words, without: input.dataset.without ?? "" });
      const answer = await fetch(`${input.dataset.names}?${query}`).catch(() => null);
      if (!answer?.ok || asked !== words) return;
      list.replaceChildren(...(await answer.json()).map((name) => new Option(name, name)));
    }, PAUSE);
  });
}

function guard(form) {
  let changed = "unsaved" in form.dataset;
  const place = form.dataset.guard === "all" ? document : form; // "all": its fields may stand elsewhere on the page
  place.addEventListener("input", (event) => { if (event.target.form === form) changed = true; });
  form.addEventListener("submit", () => { changed = false; });
  window.addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}

// The row that is being dragged. A person can be dropped in the list of another panel.
let dragged = null;

// The buttons in each row move it without a mouse: a person at the first or the last place goes to the next panel.
function sortable(list) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (!token) return;
  const rows = [...list.children].filter((row) => row.dataset.record);
  const rowAt = (event) => rows.find((row) => row.contains(event.target));
  const mark = (target) => rows.forEach((row) => row.classList.toggle("is-target", row === target && row !== dragged));
  const fits = () => dragged?.dataset.record.startsWith(`${list.dataset.sortable}-`);
  for (const row of rows) {
    row.draggable = true;
    row.addEventListener("dragstart", (event) => { event.stopPropagation(); dragged = row; row.classList.add("is-dragged"); });
    row.addEventListener("dragend", () => { row.classList.remove("is-dragged"); dragged = null; });
  }
  list.addEventListener("dragover", (event) => {
    if (!fits()) return;
    event.preventDefault();
    mark(rowAt(event));
  });
  list.addEventListener("dragleave", () => mark(null));
  list.addEventListener("drop", async (event) => {
    const row = rowAt(event);
    mark(null);
    if (!fits() || row === dragged) return;
    event.preventDefault();
    const place = row ? rows.indexOf(row) : rows.length; // above a row that is higher up, below one that is further down
    const body = new URLSearchParams({ csrfmiddlewaretoken: token, record: dragged.dataset.record, to: place });
    if (!rows.includes(dragged)) body.append("panel", list.dataset.panel);
    await fetch(list.dataset.move, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
    location.reload(); // the order and the numbers as they are saved now
  });
}

function tickAll(button) {
  const boxes = button.form.querySelectorAll("input[type=checkbox]");
  button.hidden = boxes.length < 2;
  button.addEventListener("click", () => boxes.forEach((box) => { box.checked = true; }));
}

// Selects the paragraph with this number in the text of a summary.
function findParagraph(button) {
  const area = document.getElementById("id_body");
  if (!area) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    const start = area.value.search(new RegExp(`^${button.dataset.findParagraph}\\. `, "m"));
    if (start < 0) return;
    const end = area.value.indexOf("\n\n", start);
    area.focus();
    area.setSelectionRange(start, end < 0 ? area.value.length : end);
    area.scrollTop = area.scrollHeight * start / area.value.length - area.clientHeight / 3;
    area.scrollIntoView({ block: "nearest" });
  });
}

document.querySelectorAll("[data-find-paragraph]").forEach(findParagraph);
document.querySelectorAll("[data-tick-all]").forEach(tickAll);
document.querySelectorAll("[data-names]").forEach(suggestNames);
document.querySelectorAll("form[data-guard]").forEach(guard);
document.querySelectorAll("[data-sortable]").forEach(sortable);
