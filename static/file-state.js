// Optional: shows the result of reading a file without a reload. Without this script, "Refresh" does the same.
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
    // The connection is down: keep what is shown. The next attempt may succeed.
  }
  setTimeout(look, PAUSE);
}

setTimeout(look, PAUSE);
