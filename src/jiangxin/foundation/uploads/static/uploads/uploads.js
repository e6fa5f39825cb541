// Files go in pieces while the form is filled in, and go on where they were broken off.
// Without this file they are sent with the form.
"use strict";

(() => {
  const PIECE = 512 * 1024;
  const EDGE = 64 * 1024;
  const FIRST_WAIT = 1000;
  const LONGEST_WAIT = 15000;
  const AWAY = [502, 503, 504]; // what a proxy says while the server restarts

  class Refused extends Error {}
  class Offline extends Error {}
  class Cancelled extends Error {}
  class Gone extends Error {}

  // cyrb53: tells files apart, is no proof. The server keeps the SHA-256.
  function hash(bytes) {
    let a = 0xdeadbeef;
    let b = 0x41c6ce57;
    for (const byte of bytes) {
      a = Math.imul(a ^ byte, 2654435761);
      b = Math.imul(b ^ byte, 1597334677);
    }
    a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
    b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
    return (b >>> 0).toString(16).padStart(8, "0") + (a >>> 0).toString(16).padStart(8, "0");
  }

  async function fingerprintOf(file) {
    const edges = new Blob([file.name, file.slice(0, EDGE), file.slice(-EDGE)]);
    const bytes = new Uint8Array(await edges.arrayBuffer());
    return `${hash(bytes)}-${file.size.toString(16)}-${file.lastModified.toString(16)}`;
  }

  function announce(text) {
    const place = document.getElementById("announcer");
    if (place) place.textContent = text;
  }

  class Sending {
    constructor(field, file) {
      this.field = field;
      this.file = file;
      this.request = null;
      this.isCancelled = false;
      this.wasGone = false;
      this.wakeUp = () => {};
      this.draw();
      this.run();
    }

    draw() {
      const text = this.field.text;
      this.row = document.createElement("li");
      this.row.className = "upload upload-under-way";
      const name = document.createElement("span");
      name.className = "upload-name";
      name.textContent = this.file.name;
      this.bar = document.createElement("progress");
      this.bar.max = this.file.size;
      this.bar.value = 0;
      this.bar.setAttribute("aria-label", this.file.name);
      this.said = document.createElement("small");
      this.cancelButton = this.button(text.cancel, () => this.cancel());
      this.retryButton = this.button(text.retry, () => this.run());
      this.retryButton.hidden = true;
      this.row.append(name, this.bar, this.said, this.retryButton, this.cancelButton);
      this.field.list.append(this.row);
    }

    button(label, act) {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "btn btn-sm btn-quiet";
      made.textContent = label;
      made.addEventListener("click", act);
      const whose = document.createElement("span");
      whose.className = "visually-hidden";
      whose.textContent = ` ${this.file.name}`;
      made.append(whose);
      return made;
    }

    say(text, isProblem = false) {
      this.said.textContent = text;
      this.row.classList.toggle("upload-failed", isProblem);
      if (isProblem) announce(`${this.file.name}: ${text}`);
    }

    async run() {
      const text = this.field.text;
      this.retryButton.hidden = true;
      this.isRunning = true;
      this.say(text.sending);
      let wait = FIRST_WAIT;
      while (this.isRunning) {
        try {
          await this.attempt(() => { wait = FIRST_WAIT; });
          this.isRunning = false;
        } catch (problem) {
          if (problem instanceof Offline) {
            this.say(text.waiting);
            await this.pause(wait);
            wait = Math.min(wait * 2, LONGEST_WAIT);
          } else if (problem instanceof Gone && !this.wasGone) {
            this.wasGone = true; // handed in elsewhere, or deleted: begin anew, once
          } else {
            this.isRunning = false;
            if (problem instanceof Cancelled) return;
            this.say(problem.message, true);
            this.retryButton.hidden = false;
          }
        }
      }
    }

    async attempt(gotOn) {
      if (!this.url) {
        const body = new FormData();
        body.append("kind", this.field.root.dataset.kind);
        body.append("name", this.file.name);
        body.append("size", this.file.size);
        body.append("fingerprint", await fingerprintOf(this.file));
        this.url = (await this.ask("POST", this.field.root.dataset.url, body)).url;
      }
      // What the server holds is what counts, after every break anew.
      let { received, state } = await this.ask("GET", this.url);
      this.say(this.field.text.sending);
      while (state === "receiving" && received < this.file.size) {
        this.bar.value = received;
        const piece = this.file.slice(received, received + PIECE);
        const answer = await this.ask("POST", `${this.url}piece/?start=${received}`, piece);
        received = answer.received;
        gotOn();
      }
      this.bar.value = this.file.size;
      this.say(this.field.text.checking);
      const body = new FormData();
      body.append("field", this.field.input.name);
      const answer = await this.ask("POST", `${this.url}finish/`, body);
      this.replaceBy(answer.row);
    }

    replaceBy(html) {
      const holder = document.createElement("template");
      holder.innerHTML = html; // drawn by our own server, every value escaped
      const row = holder.content.querySelector("li");
      const key = row.querySelector("input").value;
      const same = this.field.list.querySelector(`input[value="${key}"]`);
      if (same) same.closest("li").remove();
      this.row.replaceWith(row);
      this.field.ended(this);
      this.field.readyRow(row);
      announce(`${this.file.name}: ${this.field.text.kept}`);
      // A page may take the file over at once: see how applications are filled in.
      row.dispatchEvent(new Event("upload:kept", { bubbles: true }));
    }

    ask(method, url, body) {
      if (this.isCancelled) return Promise.reject(new Cancelled());
      return new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        this.request = request;
        request.open(method, url);
        request.setRequestHeader("X-CSRFToken", this.field.token());
        request.setRequestHeader("Accept", "application/json");
        if (body instanceof Blob) {
          request.setRequestHeader("Content-Type", "application/octet-stream");
          const before = this.bar.value;
          request.upload.addEventListener("progress", (event) => {
            this.bar.value = before + event.loaded;
          });
        }
        request.addEventListener("load", () => {
          const type = request.getResponseHeader("Content-Type") || "";
          const isOurs = type.startsWith("application/json");
          if (request.status === 200 && isOurs) resolve(JSON.parse(request.responseText));
          else if (request.status === 409 && isOurs) reject(this.refused(request));
          else if (AWAY.includes(request.status)) reject(new Offline());
          else if (request.status >= 500) reject(new Refused(this.field.text.failed));
          else if (request.status === 404) {
            this.url = null;
            reject(new Gone(this.field.text.failed));
          } else reject(new Refused(this.field.text.signedOut));
        });
        request.addEventListener("error", () => reject(new Offline()));
        request.addEventListener("abort", () => reject(new Cancelled()));
        request.send(body);
      });
    }

    refused(request) {
      const told = JSON.parse(request.responseText);
      // Another window sends the same file: look again where it is.
      return told.code === "uploads.piece_astray" ? new Offline() : new Refused(told.message);
    }

    pause(milliseconds) {
      return new Promise((resolve) => {
        this.wakeUp = resolve;
        window.addEventListener("online", resolve, { once: true });
        setTimeout(resolve, milliseconds);
      });
    }

    cancel() {
      this.isCancelled = true;
      this.isRunning = false;
      if (this.request) this.request.abort();
      this.wakeUp();
      if (this.url) this.field.discard(`${this.url}discard/`);
      this.row.remove();
      this.field.ended(this);
      this.field.input.focus();
      announce(`${this.file.name}: ${this.field.text.cancelled}`);
    }
  }

  class Field {
    constructor(root) {
      this.root = root;
      this.text = {};
      for (const [name, value] of Object.entries(root.dataset)) {
        if (name.startsWith("text")) this.text[name[4].toLowerCase() + name.slice(5)] = value;
      }
      this.list = root.querySelector("[data-upload-list]");
      this.input = root.querySelector("input[type=file]");
      this.problem = root.querySelector("[data-upload-problem]");
      this.under_way = new Set();
      for (const row of this.list.querySelectorAll("[data-upload-kept]")) this.readyRow(row);
      this.input.addEventListener("change", () => this.chosen());
      this.input.form.addEventListener("submit", (event) => this.submitted(event), true);
      window.addEventListener("beforeunload", (event) => {
        if (this.under_way.size) event.preventDefault();
      });
    }

    token() {
      return this.input.form.querySelector("[name=csrfmiddlewaretoken]").value;
    }

    chosen() {
      this.complain("");
      const files = [...this.input.files];
      this.input.value = ""; // or the form would send them once more
      const isSingle = this.root.dataset.most === "1";
      if (isSingle) for (const row of this.list.querySelectorAll("li")) this.replaced(row);
      const free = Number(this.root.dataset.most) - this.list.children.length;
      if (files.length > free) this.complain(this.text.tooMany);
      for (const file of files.slice(0, Math.max(free, 0))) {
        if (file.size > Number(this.root.dataset.mostBytes)) {
          this.complain(`${file.name}: ${this.text.tooLarge}`);
        } else {
          this.under_way.add(new Sending(this, file));
        }
      }
    }

    replaced(row) {
      const sending = [...this.under_way].find((each) => each.row === row);
      if (sending) sending.cancel();
      else this.remove(row);
    }

    readyRow(row) {
      row.querySelector(".upload-keep").hidden = true;
      const button = row.querySelector("[data-upload-remove]");
      button.hidden = false;
      button.addEventListener("click", () => {
        this.remove(row);
        this.input.focus();
        announce(this.text.removed);
      });
    }

    remove(row) {
      const url = row.querySelector("input").dataset.discardUrl;
      if (url) this.discard(url);
      row.remove();
    }

    discard(url) {
      fetch(url, { method: "POST", headers: { "X-CSRFToken": this.token() } }).catch(() => {});
    }

    ended(sending) {
      this.under_way.delete(sending);
      if (!this.under_way.size) this.complain("");
    }

    submitted(event) {
      if (![...this.under_way].some((each) => each.isRunning)) return;
      event.preventDefault();
      event.stopPropagation();
      this.complain(this.text.busy);
    }

    complain(text) {
      this.problem.textContent = text;
      this.problem.hidden = !text;
    }
  }

  if (window.jiangxinUploads) return; // a page may hold several fields
  window.jiangxinUploads = true;
  const begin = () => {
    for (const root of document.querySelectorAll("[data-uploads]")) new Field(root);
    // A page with many fields may say it once, outside of them.
    for (const told of document.querySelectorAll("[data-upload-broken-off]")) told.hidden = false;
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
