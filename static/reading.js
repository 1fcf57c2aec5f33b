// Optional: the pages work without this script. It marks the current section in the contents, copies links and citations,
// reads paragraphs aloud, adds a print button, and opens another language at the current paragraph. All text comes from
// data-… attributes.
function button(words, act) {
  const made = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: words });
  made.addEventListener("click", () => act(made));
  return made;
}

async function copy(text, pressed, holder) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    return; // not allowed: the reader can select the text by hand
  }
  const words = pressed.textContent;
  pressed.textContent = holder.dataset.copied;
  pressed.setAttribute("role", "status"); // so that screen readers announce it
  setTimeout(() => { pressed.textContent = words; pressed.removeAttribute("role"); }, 2000);
}

// A menu gets its buttons when it is opened for the first time.
function offerChoices(article, menu) {
  const paragraph = menu.closest(".paragraph");
  const choices = [button(article.dataset.copy, (made) => copy(new URL(`#${paragraph.id}`, location).href, made, article))];
  if (window.speechSynthesis) choices.push(button(article.dataset.listen, () => { menu.open = false; listen(article, paragraph); }));
  const list = menu.querySelector("ul");
  list.prepend(...choices.map((choice) => { const item = document.createElement("li"); item.append(choice); return item; }));
}

// The number of a paragraph leads to a page with its link, citation and languages. Here it opens them as a menu.
function makeMenus(article) {
  const model = document.querySelector("template[data-menu]").content.firstElementChild;
  for (const number of article.querySelectorAll(".paragraph > .paragraph-number")) {
    const menu = model.cloneNode(true);
    const missing = number.dataset.notIn?.split(" ") ?? [];
    for (const choice of menu.querySelectorAll("[data-in]")) if (missing.includes(choice.dataset.in)) choice.remove();
    for (const link of menu.querySelectorAll("a")) link.href = link.dataset.to.replace("~", number.parentElement.id);
    menu.firstElementChild.append(...number.childNodes);
    number.replaceWith(menu);
  }
}

function followMenus(article) {
  const opened = new WeakSet();
  const close = (menu) => menu.removeAttribute("open");
  article.addEventListener("toggle", ({ target: menu }) => {
    if (!menu.matches(".paragraph-menu[open]")) return;
    for (const other of article.querySelectorAll(".paragraph-menu[open]")) if (other !== menu) close(other);
    if (opened.has(menu)) return;
    opened.add(menu);
    offerChoices(article, menu);
  }, { capture: true }); // the event does not bubble
  document.addEventListener("click", ({ target }) => {
    const menu = article.querySelector(".paragraph-menu[open]");
    if (menu && (!menu.contains(target) || target.closest("a"))) close(menu);
  });
  document.addEventListener("keydown", ({ key }) => {
    const menu = key === "Escape" && article.querySelector(".paragraph-menu[open]");
    if (!menu) return;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    close(menu);
  });
  article.addEventListener("focusout", ({ target, relatedTarget }) => {
    const menu = target.closest(".paragraph-menu[open]");
    if (menu && relatedTarget && !menu.contains(relatedTarget)) close(menu);
  });
}

// Reads aloud with the browser's own voice, paragraph by paragraph, from one of them to the end.
function listen(article, first) {
  document.querySelector(".listen-bar")?.stop();
  const voice = window.speechSynthesis;
  const all = [...article.querySelectorAll(":scope > :is(h2, h3, h4, h5, h6), :scope > .paragraph")];
  const bar = Object.assign(document.createElement("div"), { className: "listen-bar" });
  const words = Object.assign(document.createElement("p"), { textContent: article.dataset.listening });
  words.setAttribute("role", "status");
  let rest = all.slice(all.indexOf(first));
  let current;

  function mark(next) {
    current?.classList.remove("is-read");
    current = next;
    current?.classList.add("is-read");
  }

  function stop() {
    rest = [];
    voice.cancel();
    mark(null);
    bar.remove();
  }

  function next() {
    const block = rest.shift();
    if (!block) return stop();
    mark(block);
    block.scrollIntoView({ block: "nearest" });
    const spoken = new SpeechSynthesisUtterance((block.querySelector(".paragraph-text") ?? block).textContent.trim());
    spoken.lang = article.lang;
    spoken.voice = voice.getVoices().find((one) => one.lang.toLowerCase().startsWith(article.lang)) ?? null;
    spoken.addEventListener("end", () => { if (block === current) next(); });
    spoken.addEventListener("error", ({ error }) => { if (block === current && error.includes("unavailable")) { rest = []; words.textContent = article.dataset.noVoice; } });
    voice.speak(spoken);
  }

  const pause = button(article.dataset.pause, (made) => {
    const isPaused = made.textContent === article.dataset.resume;
    if (isPaused) voice.resume(); else voice.pause();
    made.textContent = isPaused ? article.dataset.pause : article.dataset.resume;
  });
  bar.stop = stop;
  bar.append(words, pause, button(article.dataset.stop, () => { stop(); first.querySelector("summary")?.focus(); }));
  article.after(bar);
  pause.focus({ preventScroll: true });
  next();
  addEventListener("pagehide", () => voice.cancel(), { once: true });
}

function offerCitation(ways) {
  const line = document.getElementById(ways.dataset.copies);
  ways.prepend(button(ways.dataset.copy, (made) => copy(line.textContent.trim(), made, ways)), " ");
}

function offerPrint(ways) {
  const item = document.createElement("li");
  item.append(button(ways.dataset.print, () => window.print()));
  ways.append(item);
}

function followSections(headings, lists, places) {
  const line = () => window.innerHeight * 0.3;

  function mark() {
    const current = headings.findLast((heading) => heading.getBoundingClientRect().top <= line());
    for (const link of lists) {
      const isCurrent = link.hash === `#${current?.id}`;
      if (isCurrent === link.hasAttribute("aria-current")) continue;
      link.toggleAttribute("aria-current", isCurrent);
      if (!isCurrent) continue;
      link.setAttribute("aria-current", "location");
      const list = link.closest(".sticky");
      list?.scrollTo({ top: link.offsetTop - list.clientHeight / 2 });
    }
    for (const here of places) here.textContent = current?.textContent ?? "";
  }

  // The margin counts everything above as visible, so that a jump from the middle of one section into the middle of
  // another is a change as well.
  const observer = new IntersectionObserver(mark, { rootMargin: "9999999px 0px -70% 0px" });
  headings.forEach((heading) => observer.observe(heading));
}

function followIn(article) {
  const headings = [...article.querySelectorAll(":scope > [id^=h]")];
  const bar = document.querySelector(".contents-bar");
  if (!headings.length || !bar) return;
  followSections(headings, [...document.querySelectorAll(".contents a")], document.querySelectorAll(".contents-here"));
  bar.addEventListener("click", (event) => { if (event.target.closest("a")) bar.open = false; });
}

// The line that says where one is appears once it is at the top of the window. Below, it would cover the text.
function followPlace(line) {
  const observer = new IntersectionObserver(
    ([{ boundingClientRect: box }]) => line.classList.toggle("is-away", box.top < 1),
    { threshold: [0, 1], rootMargin: "-1px 0px 0px 0px" },
  );
  observer.observe(line);
}

// The links to other languages are above the text. They open the other language at the paragraph in the address.
function keepPlace(link) {
  link.addEventListener("click", () => { link.hash = /^#(part\d+-)?p\d+$/.test(location.hash) ? location.hash : ""; });
}

const article = document.querySelector("article.text");
if (article) {
  if (document.querySelector("template[data-menu]")) makeMenus(article);
  followMenus(article);
  followIn(article);
  document.querySelectorAll("[data-keeps-place] a").forEach(keepPlace);
}
document.querySelectorAll(".where").forEach(followPlace);
document.querySelectorAll("[data-copies]").forEach(offerCitation);
document.querySelectorAll("[data-print]").forEach(offerPrint);
