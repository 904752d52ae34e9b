// @ts-check
// <samlad-call-out> in the form of a call-out: how the message reads with its times and bridge filled in, how long the SMS is,
// and how many are called by what is chosen. Without script all of it is as it was when the page was made.

const GSM = new Set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");
const DOUBLE = new Set("^{}\\[~]|€");

/** @param {string} text */
const smsLength = (text) => {
  const letters = [...text];
  const plain = letters.reduce((sum, letter) => sum + (DOUBLE.has(letter) ? 2 : 1), 0);
  return letters.every((letter) => GSM.has(letter) || DOUBLE.has(letter)) ? plain : Math.floor(plain * 160 / 70);
};

class CallOut extends HTMLElement {
  connectedCallback() {
    this.form = this.closest("form");
    /** @type {Record<string, number>} people called first, by actor */
    this.reach = JSON.parse(this.dataset.reach || "{}");
    this.form?.addEventListener("input", () => this.show());
    this.show();
  }

  /** @param {string} name */
  value(name) {
    const field = this.form?.elements.namedItem(name);
    return field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement ? field.value.trim() : "";
  }

  /** @param {string} text @param {boolean} short */
  filled(text, short) {
    /** @type {Record<string, string>} */
    const words = JSON.parse(this.dataset.words || "{}");
    const at = (/** @type {string} */ time) => (time ? (words.at ?? "{}").replace("{}", time.replace(":", ".")) : "");
    const [phone, video, group] = [this.value("phone"), this.value("video"), this.value("talk_group")];
    const bridge = short
      ? [phone && `${words.tel} ${phone}.`, group && `${words.group} ${group}.`].filter(Boolean).join(" ")
      : [phone && `${words.phone}: ${phone}`, video && `${words.video}: ${video}`, group && `${words.group}: ${group}`].filter(Boolean).join("\n");
    /** @type {Record<string, string>} */
    const values = { when: at(this.value("conference_at")), until: at(this.value("answer_by")), bridge };
    const done = text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
    return short ? done.replace(/\s+/g, " ").trim() : done;
  }

  show() {
    /** @param {string} where @param {string} text */
    const put = (where, text) => { const found = this.querySelector(`[data-${where}]`); if (found) found.textContent = text; };
    const chosen = this.querySelector("input[name=audience]:checked"), label = chosen?.closest("label");
    const ticked = [...(this.form?.querySelectorAll("input[name=concerns]:checked") ?? [])].map((one) => /** @type {HTMLInputElement} */ (one).value);
    const again = this.querySelector("input[name=again]:checked");
    if (label && !again) {
      const sum = ticked.reduce((all, code) => all + (this.reach?.[code] ?? 0), 0);
      put("called-actors", label.dataset.actors ?? String(ticked.length));
      put("called-people", label.dataset.people ?? String(sum));
    }
    const short = this.filled(this.value("short") || this.value("subject"), true), length = smsLength(short);
    put("subject", this.filled(this.value("subject"), true));
    put("text", this.filled(this.value("text"), false));
    put("short", short);
    put("length", String(length));
    const long = this.querySelector("[data-long]");
    if (long instanceof HTMLElement) long.hidden = length <= Number(this.dataset.most);
  }
}

customElements.define("samlad-call-out", CallOut);
