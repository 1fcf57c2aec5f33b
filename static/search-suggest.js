// Optional: suggests ways to complete the query as people type. Without this script, the search box is an ordinary field.
const PAUSE = 100; // milliseconds after the last key
const box = document.querySelector("input[data-suggest]");
const list = document.createElement("datalist");
list.id = "search-suggestions";
box.after(list);
box.setAttribute("list", list.id);

let timer;
let asked = 0;

async function offer() {
  const number = ++asked;
  const line = box.value;
  if (line.trim().length < 2) return;
  try {
    const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(line)}`);
    const [, lines] = await answer.json();
    if (number !== asked) return; // a newer request was sent since
    list.replaceChildren(...lines.map((one) => Object.assign(document.createElement("option"), { value: one })));
  } catch {
    // The connection is down: show no suggestions.
  }
}

box.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(offer, PAUSE);
});
