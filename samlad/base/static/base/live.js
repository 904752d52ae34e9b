// @ts-check
// <samlad-live url="/live/..."> keeps the page's live regions (elements with data-live and an id) up to date from the stream of server-sent
// events. Event `regions`: {"position": n, "regions": {id: html}}; event `reload`: fetch the page again. Forms, what has focus and
// open <details> are never touched. The browser itself resumes the stream with Last-Event-ID.

import { morph } from "./morph.js";
import { page as read, trusted } from "./trusted.js";

const POLL_FIRST = 5_000, POLL_MOST = 60_000, ANNOUNCE = 2_000;

/** How many things have news: an actor's row and its tile are one. @param {Iterable<string>} ids */
const things = (ids) => new Set([...ids].map((id) => id.slice(id.indexOf("-") + 1))).size;

class SamladLive extends HTMLElement {
  connectedCallback() {
    /** @type {Map<string, string>} regions that came while paused */
    this.waiting = new Map();
    this.news = 0;
    this.wait = POLL_FIRST;
    /** @type {string | null} */
    this.lostAt = null;
    this.stale = false;
    this.innerHTML = trusted('<span class="live-dot" aria-hidden="true"></span><span class="live-text"></span><span class="visually-hidden" role="status"></span><button type="button" class="small"></button>');
    [this.text, this.status] = [this.querySelector(".live-text"), this.querySelector("[role=status]")];
    this.button = /** @type {HTMLButtonElement} */ (this.querySelector("button"));
    this.button.addEventListener("click", () => this.toggle());
    this.show("lost", "…");
    this.open(this.getAttribute("url") || document.body.dataset.liveUrl || "");
  }

  disconnectedCallback() { this.source?.close(); clearTimeout(this.timer); }
  /** @param {string} url */
  open(url) {
    this.source?.close();
    const source = (this.source = new EventSource(url));
    source.addEventListener("open", () => { this.lostAt = null; this.wait = POLL_FIRST; this.show(this.paused ? "paused" : "on"); });
    source.addEventListener("regions", ({ data }) => { const news = JSON.parse(data); this.take(news.regions); this.dataset.position = news.position; });
    source.addEventListener("reload", () => this.refetch());
    source.addEventListener("error", () => {
      this.lost();
      // The browser tries again by itself, unless the server said no: then the page is asked for, which tells why.
      if (source.readyState === EventSource.CLOSED) this.later();
    });
  }

  /** @param {Record<string, string>} regions */
  take(regions) {
    if (this.paused) {
      for (const [id, html] of Object.entries(regions)) this.waiting?.set(id, html);
      return this.show("paused");
    }
    this.announce(things(Object.entries(regions).filter(([id, html]) => morph(id, html)).map(([id]) => id)));
  }

  /** A short word to those who listen, at most every other second. @param {number} count */
  announce(count) {
    this.news = (this.news || 0) + count;
    if (!this.news || this.announcing) return;
    this.announcing = setTimeout(() => {
      if (this.status) this.status.textContent = (this.dataset.news || "").replace("{}", String(this.news));
      this.news = 0;
      this.announcing = undefined;
    }, ANNOUNCE);
  }

  /** Fetches the page again and takes its live regions; opens the stream anew if it was closed. */
  async refetch() {
    if (this.paused) { this.stale = true; return; }
    let answer;
    try { answer = await fetch(location.href, { headers: { Accept: "text/html" } }); } catch { return this.later(); }
    const signIn = document.body.dataset.signIn;
    if (answer.status === 401 || (answer.redirected && signIn && new URL(answer.url).pathname === signIn)) return this.signedOut(signIn);
    if (!answer.ok) return this.later();
    const page = await read(answer);
    const regions = [...page.querySelectorAll("[data-live]")].filter((region) => region.id && !region.parentElement?.closest("[data-live]"));
    this.take(Object.fromEntries(regions.map((region) => [region.id, region.outerHTML])));
    const url = page.querySelector("samlad-live")?.getAttribute("url") || page.body.dataset.liveUrl;
    if (url && this.source?.readyState === EventSource.CLOSED) { this.later(); this.open(url); clearTimeout(this.timer); }
  }

  later() {
    this.lost();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.refetch(), this.wait);
    this.wait = Math.min((this.wait || POLL_FIRST) * 2, POLL_MOST);
  }

  lost() {
    this.lostAt ||= new Intl.DateTimeFormat("sv", { timeStyle: "short", timeZone: "Europe/Stockholm" }).format();
    this.show("lost", (this.dataset.lost || "").replace("{}", this.lostAt));
  }

  /** @param {string} [signIn] */
  signedOut(signIn) {
    this.source?.close();
    this.show("signed-out", this.dataset.signedOut);
    this.button?.remove();
    if (!signIn || this.querySelector("a")) return;
    this.append(Object.assign(document.createElement("a"), { href: `${signIn}?next=${encodeURIComponent(location.pathname + location.search)}`, textContent: this.dataset.signIn }));
  }

  toggle() {
    this.paused = !this.paused;
    this.show(this.lostAt ? "lost" : this.paused ? "paused" : "on", this.lostAt ? this.text?.textContent ?? "" : undefined);
    if (this.paused) return;
    this.take(Object.fromEntries(this.waiting || []));
    this.waiting?.clear();
    if (this.stale) { this.stale = false; this.refetch(); }
  }

  /** @param {"on" | "paused" | "lost" | "signed-out"} state @param {string} [text] */
  show(state, text) {
    this.dataset.state = state;
    const waiting = things(this.waiting?.keys() || []), count = waiting ? ` · ${(this.dataset.waiting || "").replace("{}", String(waiting))}` : "";
    if (this.text) this.text.textContent = text ?? (state === "paused" ? this.dataset.paused + count : this.dataset.on ?? "");
    if (this.button) this.button.textContent = (this.paused ? this.dataset.resume : this.dataset.pause) ?? "";
  }
}

customElements.define("samlad-live", SamladLive);
