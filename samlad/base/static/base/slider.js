// @ts-check
// <samlad-slider> round the time slider's form: goes to the chosen moment when the handle has come to rest, and tells its time
// meanwhile. Without script the form has a button.

const REST = 600;

class SamladSlider extends HTMLElement {
  connectedCallback() {
    const range = this.querySelector("input[type=range]");
    const output = this.querySelector("output");
    if (!(range instanceof HTMLInputElement) || !output) return;
    this.range = range;
    /** @type {[number, string][]} positions and their times, in order; possibly a sample */
    this.times = JSON.parse(this.querySelector("#slider-times")?.textContent || "[]");
    this.querySelector("button")?.remove();
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    range.addEventListener("input", () => {
      output.textContent = this.label();
      range.setAttribute("aria-valuetext", this.label());
      clearTimeout(timer);
    });
    // Arrow keys change it step by step: wait until the hand is still.
    range.addEventListener("change", () => { clearTimeout(timer); timer = setTimeout(() => this.go(), REST); });
    range.setAttribute("aria-valuetext", output.textContent?.trim() || this.label());
    const live = /** @type {HTMLElement | null} */ (document.querySelector("samlad-live"));
    if (live) new MutationObserver(() => this.grow(Number(live.dataset.position))).observe(live, { attributeFilter: ["data-position"] });
  }

  /** The operation has moved under the open page. Whoever is at now stays at now. @param {number} position */
  grow(position) {
    if (!this.range || position <= Number(this.range.max)) return;
    const { atNow } = this;
    this.range.max = this.range.dataset.now = String(position);
    if (atNow) this.range.value = this.range.max;
    this.times?.push([position, new Date().toISOString()]);
  }

  get atNow() { return this.range?.value === this.range?.dataset.now; }

  label() {
    if (!this.range) return "";
    if (this.atNow) return this.querySelector("[data-now-word]")?.textContent || "";
    const position = Number(this.range.value);
    const known = this.times?.filter(([at]) => at <= position).pop();
    if (!known) return `${position} / ${this.range.max}`;
    const moment = new Date(known[1]);
    /** @type {Intl.DateTimeFormatOptions} */
    const day = moment.toDateString() === new Date().toDateString() ? {} : { day: "numeric", month: "short" };
    return new Intl.DateTimeFormat(document.documentElement.lang, { ...day, hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Europe/Stockholm" }).format(moment);
  }

  go() {
    const url = new URL(location.href);
    if (this.atNow) url.searchParams.delete("at");
    else url.searchParams.set("at", this.range?.value || "");
    location.assign(url);
  }
}

customElements.define("samlad-slider", SamladSlider);
