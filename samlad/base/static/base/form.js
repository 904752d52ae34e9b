// @ts-check
// <samlad-form data-keep="person:form"> round an ordinary form: nobody loses text. Keeps what is typed in this browser until the
// server has taken it, brings it back after a reload or an expired sign-in, gives the entry its id, and sends it once however
// often the button is pressed or the network fails. Without script it is an ordinary form.

import { page as read } from "./trusted.js";
import { fill, headersFor, keepNone, moveFiles, typed, uuid7 } from "./typed.js";

const WEEK = 7 * 24 * 3600 * 1000;

class SamladForm extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    if (!form) return;
    this.form = form;
    this.sending = false;
    const id = form.elements.namedItem("id");
    if (id instanceof HTMLInputElement && !id.value) id.value = uuid7();
    this.fresh = typed(form);
    this.state = this.insertBefore(document.createElement("div"), form);
    this.state.setAttribute("role", "status");
    if (!form.querySelector(".form-errors, .has-error")) this.restore();
    form.addEventListener("input", () => this.keep());
    form.addEventListener("submit", (event) => this.submit(event));
    window.addEventListener("online", () => this.again?.());
  }

  get key() { return this.dataset.keep ? `samlad:${this.dataset.keep}` : ""; }

  keep() {
    if (!this.key || !this.form || "unkept" in this.dataset) return;
    // A full or forbidden store only means that nothing is kept; the form goes on working.
    try { localStorage.setItem(this.key, JSON.stringify({ at: Date.now(), pairs: typed(this.form) })); } catch { /* see above */ }
  }

  forget() { try { localStorage.removeItem(this.key); } catch { /* nothing was kept */ } }

  restore() {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(this.key) || "null"); } catch { /* not ours, or no store */ }
    if (!kept || !this.form || Date.now() - kept.at > WEEK) return;
    const text = (/** @type {[string, string][]} */ pairs) => JSON.stringify(pairs.filter(([name]) => name !== "id"));
    if (text(kept.pairs) === text(this.fresh || [])) return;
    fill(this.form, kept.pairs);
    const clock = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "short", timeStyle: "short", timeZone: "Europe/Stockholm" }).format(kept.at);
    this.tell((this.dataset.restored || "").replace("{}", clock), "", () => { this.forget(); location.reload(); });
  }

  /** Says how it stands, beside the form. @param {string} text @param {string} [look] @param {() => void} [discard] */
  tell(text, look = "", discard) {
    if (!this.state) return;
    this.state.className = text ? `form-state ${look}` : "";
    this.state.textContent = text;
    if (!discard) return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "small", textContent: this.dataset.discard || "×" });
    button.addEventListener("click", discard);
    this.state.append(button);
  }

  /** @param {SubmitEvent} event */
  submit(event) {
    if (event.defaultPrevented || !this.form) return;
    event.preventDefault();
    if (this.sending) return;
    this.keep();
    const submitter = event.submitter instanceof HTMLButtonElement ? event.submitter : null;
    const body = new FormData(this.form, submitter);
    this.send(submitter?.getAttribute("formaction") || this.form.getAttribute("action") || location.href, body, 1000);
  }

  /** @param {string} url @param {FormData} body @param {number} wait milliseconds before the next attempt, if this one fails */
  async send(url, body, wait) {
    this.again = undefined;
    this.busy(true);
    try {
      const answer = await fetch(url, { method: "POST", body, headers: headersFor(body), credentials: "same-origin" });
      await this.answered(answer, answer.status >= 500);
    } catch {
      this.tell(this.dataset.unsent || "", "waiting");
      const timer = setTimeout(() => this.again?.(), wait);
      this.again = () => { clearTimeout(timer); this.send(url, body, Math.min(wait * 2, 30_000)); };
    }
  }

  /** @param {Response} answer @param {boolean} broken the server's fault */
  async answered(answer, broken) {
    const to = answer.headers.get("X-Samlad-Location") || (answer.redirected ? answer.url : "");
    const signIn = document.body.dataset.signIn;
    if (to && signIn && new URL(to, location.href).pathname === signIn)
      return location.assign(`${signIn}?next=${encodeURIComponent(location.pathname + location.search)}`);
    if (to) { this.forget(); return location.assign(to); }
    const page = await read(answer);
    const main = page.querySelector("main");
    if (main?.querySelector("[data-confirm]")) return this.forget(), this.form?.submit(); // a page of its own, which sends this on
    const unkept = answer.headers.get("X-Samlad-Keep") === "no"; // what was written may not be here, nor from now on
    if (unkept) this.forget(), keepNone([this, ...(main?.querySelectorAll("samlad-form") ?? [])], this.dataset.keep);
    if (!main?.querySelector(`samlad-form[data-keep="${CSS.escape(this.dataset.keep || "")}"]`)) {
      if (broken) throw new Error(String(answer.status));
      this.busy(false);
      return this.tell(`${this.dataset.refused || ""} ${main?.querySelector("h1")?.textContent || page.body.textContent || answer.status}`, "waiting");
    }
    if (answer.ok) this.forget();
    moveFiles(this, main);
    document.title = page.title;
    document.querySelector("main")?.replaceWith(document.adoptNode(main));
    /** @type {HTMLElement | null} */ (main.querySelector(".form-errors, .has-error :is(input, textarea, select)"))?.focus();
  }

  /** @param {boolean} on */
  busy(on) {
    this.sending = on;
    this.tell(on ? this.dataset.sending || "" : "");
    for (const button of this.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-disabled", String(on));
  }
}

customElements.define("samlad-form", SamladForm);
