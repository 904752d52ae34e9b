// @ts-check
// <samlad-readers> round the choice of readers: says at once how many actors and people the ticked ones are, ticks a whole
// category, and finds an actor among many. Without script the numbers stand beside each choice, and a category is ticked
// as a category.

/** @typedef {{ alone: number, shared: string[] }} People those who sit only here, and numbers for those who sit elsewhere too */

/** @param {HTMLElement} element @returns {People} */
const people = (element) => ({
  alone: Number(element.dataset.alone || 0),
  shared: (element.dataset.shared || "").split(" ").filter(Boolean),
});

class SamladReaders extends HTMLElement {
  connectedCallback() {
    this.addEventListener("input", (event) => this.chosen(event));
    const filter = this.querySelector(".reader-filter");
    if (filter instanceof HTMLInputElement) {
      filter.hidden = false;
      filter.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
    }
    for (const group of this.querySelectorAll(".tick-group")) this.whole(group);
    this.told();
  }

  /** @param {Element} group @returns {HTMLInputElement[]} */
  ticks(group) { return [...group.querySelectorAll("input[name=readers]")].filter((one) => one instanceof HTMLInputElement); }

  /** A category is ticked when all in it are. @param {Element} group */
  whole(group) {
    const all = group.querySelector("input[name=categories]");
    if (all instanceof HTMLInputElement) all.checked = this.ticks(group).every((one) => one.checked);
  }

  /** @param {Event} event */
  chosen(event) {
    const field = event.target;
    if (!(field instanceof HTMLInputElement)) return;
    if (field.matches(".reader-filter")) return this.find(field.value);
    const group = field.closest(".tick-group");
    if (group && field.name === "categories") for (const one of this.ticks(group)) one.checked = field.checked;
    if (group) this.whole(group);
    this.told();
  }

  /** @param {string} text */
  find(text) {
    const wanted = text.trim().toLocaleLowerCase();
    for (const group of this.querySelectorAll(".tick-group")) {
      let any = false;
      for (const label of group.querySelectorAll(".ticks label")) {
        const fits = (label.textContent || "").toLocaleLowerCase().includes(wanted);
        label.toggleAttribute("hidden", !fits);
        any ||= fits;
      }
      group.toggleAttribute("hidden", !any);
    }
  }

  /** Writes the sums where they are shown. */
  told() {
    const ticked = [...this.querySelectorAll("input[name=readers]:checked")].filter((one) => one instanceof HTMLElement);
    const own = this.dataset.alone === undefined ? [] : [this];
    const set = this.querySelector("input[name=network]:checked");
    const nobody = this.dataset.nobody || "";
    this.say("actors", ticked.length ? this.sum([...own, ...ticked]) : nobody);
    this.say("set", set instanceof HTMLElement ? set.dataset.told || "" : nobody);
  }

  /** @param {HTMLElement[]} actors @returns {string} "5 actors, 31 people": whoever sits at two of them is one person */
  sum(actors) {
    const found = actors.map(people);
    const shared = new Set(found.flatMap((one) => one.shared));
    const count = found.reduce((sum, one) => sum + one.alone, shared.size);
    return `${this.words(actors.length, "actor", "actors")}, ${this.words(count, "person", "people")}`;
  }

  /** @param {number} count @param {string} one @param {string} many */
  words(count, one, many) { return (count === 1 ? this.dataset[one] : this.dataset[many])?.replace("{}", String(count)) ?? ""; }

  /** @param {string} what @param {string} text */
  say(what, text) { for (const place of this.querySelectorAll(`[data-sum=${what}]`)) if (place.textContent !== text) place.textContent = text; }
}

customElements.define("samlad-readers", SamladReaders);
