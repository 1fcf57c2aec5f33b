// Optional: without this script, a decision on a source loads the page again at its paragraph.
const form = document.querySelector("[data-sources]");
const said = document.querySelector("[data-said]");

form?.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (!button || !["confirm", "dismiss"].includes(button.name)) return;
  event.preventDefault();
  const section = button.closest("[data-paragraph]");
  const body = new URLSearchParams({ [button.name]: button.value, fragment: "1", csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  button.disabled = true;
  const answer = await fetch(location.pathname, { method: "POST", body }).catch(() => null);
  if (!answer?.ok || answer.redirected) { // a redirect leads to the sign-in page
    button.disabled = false;
    said.textContent = answer?.status === 422 ? await answer.text() : said.dataset.failed;
    return;
  }
  const ticked = [...section.querySelectorAll("[name=ticked]:checked")].map((box) => box.value);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const changed = page.querySelector("[data-paragraph]");
  section.replaceWith(changed);
  for (const box of changed.querySelectorAll("[name=ticked]")) box.checked = ticked.includes(box.value);
  said.textContent = button.name === "confirm" ? said.dataset.confirmed : said.dataset.dismissed;
  (changed.querySelector("[name=confirm], [name=dismiss]") ?? changed).focus({ preventScroll: true });
});
