// @ts-check
// <samlad-live url="/live/..."> keeps the page's live regions (elements with data-live and an id) up to date from the stream of server-sent
// events. Event `regions`: {"position": n, "regions": {id: html}}; event `reload`: fetch the page again. Forms, what has focus and
// open <details> are never touched. The browser itself resumes the stream with Last-Event-ID.

const POLL_FIRST = 5_000, POLL_MOST = 60_000, ANNOUNCE = 2_000;

/** @type {{morph: (old: Element, html: Element | string, how: object) => void}} */
const Idiomorph = /** @type {any} */ (globalThis).Idiomorph;

/** Leaves a person's work alone; the rest of a region may change. @param {Node} node */
const theirs = (node) => node instanceof Element && (node.matches("form, samlad-form, input, textarea, select") || (node === document.activeElement && node.matches("[contenteditable]")));

const CALLBACKS = {
  beforeNodeMorphed: (/** @type {Node} */ old) => !theirs(old),
  beforeNodeRemoved: (/** @type {Node} */ old) => !(theirs(old) || (old instanceof Element && old.querySelector("form") && old.contains(document.activeElement))),
  beforeAttributeUpdated: (/** @type {string} */ name, /** @type {Element} */ element) => !(name === "open" && element.localName === "details"),
};

/** Brings one region up to date. @param {string} id @param {string} html the element itself or its inside @returns {boolean} whether it is on the page */
export function morph(id, html) {
  const old = document.getElementById(id);
  if (!old) return false;
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  const whole = template.content.children.length === 1 && template.content.firstElementChild?.id === id;
  const before = old.textContent;
  if (whole) Idiomorph.morph(old, /** @type {Element} */ (template.content.firstElementChild), { morphStyle: "outerHTML", callbacks: CALLBACKS });
  else Idiomorph.morph(old, html, { morphStyle: "innerHTML", callbacks: CALLBACKS });
  const fresh = document.getElementById(id);
  fresh?.dispatchEvent(new Event("samlad:fresh", { bubbles: true }));
  if (fresh && fresh.textContent !== before && !fresh.querySelector("[data-live]")) flash(fresh);
  return true;
}

/** @param {Element} element */
function flash(element) {
  element.classList.remove("just-changed");
  requestAnimationFrame(() => element.classList.add("just-changed"));
  setTimeout(() => element.classList.remove("just-changed"), 4000);
}

class SamladLive extends HTMLElement {
  connectedCallback() {
    /** @type {Map<string, string>} regions that came while paused */
    this.waiting = new Map();
    this.news = 0;
    this.wait = POLL_FIRST;
    this.lostAt = null;
    this.stale = false;
    this.innerHTML = '<span class="live-dot" aria-hidden="true"></span><span class="live-text"></span><span class="visually-hidden" role="status"></span><button type="button" class="small"></button>';
    [this.text, this.status] = /** @type {HTMLElement[]} */ ([...this.querySelectorAll(".live-text, [role=status]")]);
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
    source.addEventListener("regions", (event) => this.take(JSON.parse(event.data).regions));
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
    this.announce(Object.entries(regions).filter(([id, html]) => morph(id, html)).length);
  }

  /** One short word to those who listen rather than look, at most every other second. @param {number} count */
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
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
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
    const count = this.waiting?.size ? ` · ${(this.dataset.waiting || "").replace("{}", String(this.waiting.size))}` : "";
    if (this.text) this.text.textContent = text ?? (state === "paused" ? this.dataset.paused + count : this.dataset.on ?? "");
    if (this.button) this.button.textContent = (this.paused ? this.dataset.resume : this.dataset.pause) ?? "";
  }
}

customElements.define("samlad-live", SamladLive);
