// Optional: another language opens at the paragraph that is being read. Without it, each paragraph has its own links.
for (const link of document.querySelectorAll("[data-keeps-place] a")) {
  link.addEventListener("click", () => {
    link.hash = location.hash;
  });
}
