// Optional, for static/drafts.js: copies of what is not saved yet. They are encrypted with a key that only the pages of
// this draft contain, so that nobody else who uses this browser or its disk can read them.
const DAY = 24 * 3600 * 1000; // milliseconds that a copy may stay on the filer's own device
const COPY = "draft:", CHOICE = "draft-here:"; // static/filing.js forgets the names that begin so

const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const textOf = (bytes) => Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");

// The copies of one step: in this tab, or for a day on a device that its owner has called theirs. Each open page writes
// one of its own, so that no window overwrites another's.
export class Copies {
  constructor({ account, draft, step, key }) {
    Object.assign(this, { account, key, isKept: false, isFull: false, isForgotten: false });
    this.prefix = `${COPY}${account}:${draft}:${step}:`;
    this.name = this.prefix + crypto.getRandomValues(new Uint32Array(2)).join("");
    this.tab = Copies.open("sessionStorage");
    this.device = Copies.open("localStorage");
    this.canKeep = Boolean(this.tab && crypto.subtle); // browsers encrypt on secure addresses only
    this.tidy();
  }

  static open(name) { // null if the browser refuses, as private windows may
    try {
      const store = window[name];
      store.setItem("draft-try", "1");
      store.removeItem("draft-try");
      return store;
    } catch {
      return null;
    }
  }

  get stores() {
    return [this.tab, this.device].filter(Boolean);
  }

  get isOnDevice() {
    return Number(this.device?.getItem(CHOICE + this.account)) > Date.now();
  }

  // Delete what is older than a day, and what another account left.
  tidy() {
    for (const store of this.stores) {
      for (const name of Object.keys(store)) {
        const [kind, account] = name.split(":");
        if (!`${kind}:`.match(/^draft(-here)?:$/)) continue;
        const until = kind === "draft" ? this.read(store, name)?.until : store.getItem(name);
        const isOver = store === this.device && !(until > Date.now());
        if (account !== this.account || isOver) store.removeItem(name);
      }
    }
  }

  read(store, name) {
    try {
      return JSON.parse(store.getItem(name));
    } catch {
      return null;
    }
  }

  secret() {
    const bytes = Uint8Array.from(this.key.match(/../g), (pair) => parseInt(pair, 16));
    this.secretKey ??= crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
    return this.secretKey;
  }

  // Return all copies of this step that can be read, the newest first.
  async all() {
    const found = [];
    if (!this.canKeep) return found;
    for (const store of this.stores) {
      for (const name of Object.keys(store).filter((one) => one.startsWith(this.prefix))) {
        try {
          const { at, iv, data } = this.read(store, name);
          const algorithm = { name: "AES-GCM", iv: bytesOf(iv) };
          const text = new TextDecoder().decode(await crypto.subtle.decrypt(algorithm, await this.secret(), bytesOf(data)));
          found.push({ name, at, ...JSON.parse(text) });
        } catch {
          store.removeItem(name); // damaged, or written before the key of the site changed
        }
      }
    }
    return found.sort((one, other) => other.at - one.at);
  }

  // Keep values with the state of the draft that they were typed on. While a copy is being written, the newest waits.
  async keep(values, base) {
    if (!this.canKeep) return;
    this.next = { values, base };
    this.writing ??= this.writeAll();
    await this.writing;
  }

  async writeAll() {
    while (this.next && !this.isForgotten) {
      const { next } = this;
      const content = new TextEncoder().encode(JSON.stringify(next));
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const data = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, await this.secret(), content);
      if (this.next !== next || this.isForgotten) continue; // there are newer words, or these were saved or discarded
      this.next = null;
      const at = Date.now();
      this.write(JSON.stringify({ at, until: at + DAY, iv: btoa(textOf(iv)), data: btoa(textOf(new Uint8Array(data))) }));
    }
    this.writing = null;
  }

  write(text) {
    const store = this.isOnDevice ? this.device : this.tab;
    try {
      store.setItem(this.name, text);
      this.isKept = true;
      this.isFull = false;
      for (const other of this.stores) if (other !== store) other.removeItem(this.name);
    } catch { // an older copy is no copy of these words
      this.remove(this.name);
      this.isFull = true;
    }
  }

  remove(name = this.name) {
    if (name === this.name) [this.isKept, this.next] = [false, null];
    for (const store of this.stores) store.removeItem(name);
  }

  // Keep copies on the device from now on, or move those that are there to this tab.
  choose(isTheirs) {
    if (isTheirs) return this.device.setItem(CHOICE + this.account, Date.now() + DAY);
    this.device.removeItem(CHOICE + this.account);
    for (const name of Object.keys(this.device).filter((one) => one.startsWith(COPY))) {
      this.tab.setItem(name, this.device.getItem(name));
      this.device.removeItem(name);
    }
  }

  forget() {
    this.isForgotten = true;
    this.remove();
  }
}
