// Optional: the pages work without this script. It marks the current section in the contents, copies links and citations,
// adds a print button, and opens another language at the current paragraph. All text comes from data-… attributes.
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

function offerLinks(article) {
  for (const tools of article.querySelectorAll(".paragraph-tools")) {
    const paragraph = tools.closest(".paragraph");
    const pressed = button(article.dataset.copy, (made) => copy(new URL(`#${paragraph.id}`, location).href, made, article));
    pressed.setAttribute("aria-describedby", paragraph.querySelector(".paragraph-number").id);
    tools.append(pressed);
  }
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

function followSections(headings, lists, here) {
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
    here.textContent = current?.textContent ?? "";
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
  followSections(headings, [...document.querySelectorAll(".contents a")], bar.querySelector(".contents-here"));
  bar.addEventListener("click", (event) => { if (event.target.closest("a")) bar.open = false; });
}

// The links to other languages are above the text. They open the other language at the paragraph in the address.
function keepPlace(link) {
  link.addEventListener("click", () => { link.hash = /^#(part\d+-)?p\d+$/.test(location.hash) ? location.hash : ""; });
}

const article = document.querySelector("article.text");
if (article) {
  offerLinks(article);
  followIn(article);
  document.querySelectorAll("[data-keeps-place] a").forEach(keepPlace);
}
document.querySelectorAll("[data-copies]").forEach(offerCitation);
document.querySelectorAll("[data-print]").forEach(offerPrint);
