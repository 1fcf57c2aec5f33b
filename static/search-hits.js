// Optional: a result opens with its words marked, in browsers that know text fragments.
if ("fragmentDirective" in document) {
  for (const link of document.querySelectorAll("a[data-fragment]")) link.setAttribute("href", link.getAttribute("href") + link.dataset.fragment);
}
