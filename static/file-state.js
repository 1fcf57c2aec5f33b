// Optional: shows what reading a file found without loading the page again. Without it, "Look again" does the same.
const PAUSE = 2000; // milliseconds

async function look() {
  const states = document.getElementById("file-states");
  if (!states || !("pending" in states.dataset)) return;
  try {
    const answer = await fetch(location.href);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById("file-states");
    if (fresh) states.replaceWith(fresh);
  } catch {
    // The line is down: what is shown stays, and the next look may get through.
  }
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
