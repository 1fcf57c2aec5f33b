// Optional: uploads the files of a form[data-uploads] in chunks with the tus protocol, so that a lost connection costs one
// chunk and not the file. Without this script, the form posts them as usual. All text comes from data-text-… attributes.
const LARGEST = 512 * 1024; // bytes in a chunk on a good connection
const SMALLEST = 32 * 1024; // and on one that keeps failing
const SILENCE = 30000; // milliseconds without a byte after which a connection counts as dead
const PAUSES = [1, 2, 4, 8, 16, 30]; // seconds between attempts
const DELETE_PAUSES = [0, 500, 2000, 5000]; // milliseconds between attempts to cancel an upload
const SPOKEN = 4000; // milliseconds between announcements to screen readers
const MOST_BEGUN = 3; // times that an upload of one file is started

class Lost extends Error {} // the server no longer has this upload
class Refusal extends Error {} // the server refused; the message is for the sender

const encoded = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));
const { lang } = document.documentElement;
const digits = lang ? `${lang}-u-nu-latn` : []; // the same as on the rest of the page
const megabytes = (bytes) => (bytes / 1048576).toLocaleString(digits, { maximumFractionDigits: 1 });
// Return the element to put messages next to: a label that contains its field must not contain the messages too.
const around = (input) => input.closest("label") ?? input;

function made(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

// Remember which upload belongs to a file, in this tab only: a shared phone forgets it when the tab is closed.
function memory(verb, ...values) {
  try {
    return sessionStorage[verb](...values);
  } catch {
    return null; // storage is disabled: a reload then starts again
  }
}

// The progress of an upload: a bar, a stop button and a status line.
class Display {
  constructor(input, words) {
    this.words = words;
    this.bar = made("progress", { max: 1, value: 0, "aria-label": words.textBar ?? "" });
    this.stop = made("button", { type: "button", class: "button quiet" }, words.textStop ?? "×");
    this.line = made("p", { role: "status" });
    this.box = made("div", { class: "upload" }, this.bar, this.stop, this.line);
    around(input).after(this.box);
  }

  say(name, values) {
    this.saidAt = Date.now();
    this.line.textContent = (this.words[name] ?? "").replace(/\{(\w+)\}/g, (all, word) => values[word] ?? all);
  }

  show(file, done, name = "textProgress") {
    this.bar.value = file.size ? done / file.size : 1;
    if (name === "textProgress" && Date.now() - this.saidAt < SPOKEN) return;
    this.say(name, { done: megabytes(done), total: megabytes(file.size), name: file.name });
  }
}

// The upload of one file. Only the server knows how much has arrived; the tab remembers only the upload's address.
class Upload {
  constructor(form, file, display) {
    Object.assign(this, { form, file, display, size: LARGEST / 2, tries: 0, begun: 0, offset: 0, isStopped: false });
    const data = new FormData(form);
    const fields = (form.dataset.uploadFields ?? "").split(" ").filter((name) => data.has(name));
    const pairs = [["filename", file.name], ...fields.map((name) => [name, data.get(name)])];
    this.metadata = pairs.map(([name, value]) => `${name} ${encoded(value)}`).join(",");
    this.key = ["upload", form.dataset.uploads, this.metadata, file.size, file.lastModified].join(" ");
    this.address = memory("getItem", this.key);
    this.isOfBefore = Boolean(this.address); // started before the page was loaded
  }

  async run() {
    for (;;) {
      try {
        await (this.address ? this.look() : this.create());
        await this.send();
        return this.forget();
      } catch (error) {
        if (this.isStopped) return;
        const isRefused = error instanceof Refusal;
        if (isRefused ? error.cause !== 403 : error instanceof Lost) this.forget(); // 403: it continues after a new sign-in
        if (isRefused) throw error;
        if (!(error instanceof Lost)) await this.pause();
      }
    }
  }

  async create() {
    const headers = { "Upload-Length": this.file.size, "Upload-Metadata": this.metadata };
    const answer = await this.ask("POST", this.form.dataset.uploads, headers);
    if (++this.begun > MOST_BEGUN) throw new Refusal(this.form.dataset.textFailed);
    this.address = new URL(answer.getResponseHeader("Location"), answer.responseURL).href;
    this.offset = 0;
    memory("setItem", this.key, this.address);
  }

  async look() {
    const answer = await this.ask("HEAD", this.address);
    // A file that arrived before the page was reloaded may have been removed since, so it is sent again.
    if (this.isOfBefore && answer.getResponseHeader("Upload-Complete")) throw new Lost();
    this.isOfBefore = false;
    this.offset = Number(answer.getResponseHeader("Upload-Offset"));
    this.display.show(this.file, this.offset, "textResumed");
  }

  async send() {
    do {
      // Send an empty chunk if nothing is left: it asks the server to finish the upload.
      const headers = { "Content-Type": "application/offset+octet-stream", "Upload-Offset": this.offset };
      const piece = this.file.slice(this.offset, this.offset + this.size);
      const answer = await this.ask("PATCH", this.address, headers, piece);
      this.offset = Number(answer.getResponseHeader("Upload-Offset"));
      this.tries = 0;
      this.size = Math.min(LARGEST, this.size * 2);
    } while (this.offset < this.file.size);
  }

  async ask(method, address, headers = {}, body = null) {
    if (this.isStopped) throw new Error("Stopped.");
    const answer = await this.request(method, address, headers, body);
    const { status } = answer;
    if (status < 300) return answer;
    if (status >= 500 || [409, 423, 429, 460].includes(status)) throw new Error(status);
    if (method !== "POST" && [404, 410].includes(status)) throw new Lost();
    const isSentence = (answer.getResponseHeader("Content-Type") ?? "").startsWith("text/plain");
    throw new Refusal((isSentence && answer.responseText) || this.form.dataset.textFailed, { cause: status });
  }

  request(method, address, headers, body) {
    return new Promise((resolve, reject) => {
      const request = (this.current = new XMLHttpRequest());
      let silence;
      const wait = () => {
        clearTimeout(silence);
        silence = setTimeout(() => request.abort(), SILENCE);
      };
      const token = this.form.elements.csrfmiddlewaretoken.value;
      request.open(method, address);
      for (const [name, value] of Object.entries({ "Tus-Resumable": "1.0.0", "X-CSRFToken": token, ...headers }))
        request.setRequestHeader(name, value);
      request.upload.onprogress = (event) => {
        wait();
        this.display.show(this.file, this.offset + event.loaded);
      };
      request.onloadend = () => {
        clearTimeout(silence);
        request.status ? resolve(request) : reject(new Error("Connection lost."));
      };
      wait();
      request.send(body);
    });
  }

  async pause() {
    this.size = Math.max(SMALLEST, this.size / 2);
    const seconds = PAUSES[Math.min(this.tries++, PAUSES.length - 1)];
    this.display.say("textWaiting", { seconds, name: this.file.name });
    await new Promise((resolve) => {
      this.wake = resolve;
      addEventListener("online", resolve, { once: true });
      setTimeout(resolve, seconds * 1000);
    });
  }

  async stop() {
    this.isStopped = true;
    this.current?.abort();
    this.wake?.();
    const { address } = this;
    this.forget();
    if (!address) return;
    for (const pause of DELETE_PAUSES) { // the server may still be writing the chunk that was stopped
      await new Promise((resolve) => setTimeout(resolve, pause));
      const answer = await this.request("DELETE", address, {}, null).catch(() => null);
      if (answer && answer.status !== 423) return;
    } // otherwise it expires
  }

  forget() {
    memory("removeItem", this.key);
    this.address = null;
  }
}

// Upload the files one by one. Return the display, the error messages, and whether somebody stopped it.
async function sendFiles(form, input) {
  const files = [...input.files];
  const display = new Display(input, form.dataset);
  const sentences = [];
  let isStopped = false;
  for (const file of files) {
    const upload = new Upload(form, file, display);
    display.stop.onclick = () => upload.stop();
    display.show(file, 0);
    const name = files.length > 1 ? `${file.name}: ` : "";
    await upload.run().catch((error) => sentences.push(name + error.message));
    isStopped = upload.isStopped;
    if (isStopped) break;
  }
  return { display, sentences, isStopped };
}

// Show error messages next to the field, as the server does, and replace earlier ones.
function complain(input, sentences) {
  const id = `${input.id}_upload_errors`;
  document.getElementById(id)?.remove();
  const words = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== id);
  if (sentences.length) {
    const items = sentences.map((sentence) => made("li", {}, sentence));
    around(input).before(made("ul", { class: "errorlist", id }, ...items));
    words.push(id);
  }
  input.setAttribute("aria-describedby", words.join(" "));
  input.setAttribute("aria-invalid", String(sentences.length > 0));
}

// Go to the form's data-done address. Without one, submit the rest of the form; the files have arrived already.
function leave(form, button) {
  const { done } = form.dataset;
  if (!done) return (button ?? form.querySelector("[type=submit], button:not([type])")).click();
  const isHere = new URL(done, location).href.split("#")[0] === location.href.split("#")[0];
  location.assign(done);
  if (isHere) location.reload(); // otherwise the browser would only jump to the fragment
}

const form = document.querySelector("form[data-uploads]");
let isBusy = false;
form?.addEventListener("submit", async (event) => {
  const input = [...form.querySelectorAll("input[type=file]")].find((one) => one.files.length);
  if (isBusy || input) event.preventDefault();
  if (isBusy || !input) return;
  isBusy = true;
  complain(input, []);
  const { display, sentences, isStopped } = await sendFiles(form, input).finally(() => (isBusy = false));
  input.value = "";
  if (!sentences.length && !isStopped) return leave(form, event.submitter);
  display.box.remove();
  complain(input, sentences);
  input.focus();
});
