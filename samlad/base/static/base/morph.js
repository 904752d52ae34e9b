// @ts-check
// Brings a live region up to date without touching a person's work in it: idiomorph with our callbacks. For live.js.

import { trusted } from "./trusted.js";

/** @type {{morph: (old: Element, html: Element | Node[], how: object) => void}} */
const Idiomorph = /** @type {any} */ (globalThis).Idiomorph;

/** Leaves a person's work alone; the rest of a region may change. @param {Node} node */
const theirs = (node) => node instanceof Element && (node.matches("form, samlad-form, input, textarea, select") || (node === document.activeElement && node.matches("[contenteditable]")));

const CALLBACKS = {
  beforeNodeMorphed: (/** @type {Node} */ old) => !theirs(old),
  beforeNodeRemoved: (/** @type {Node} */ old) => !(theirs(old) || (old instanceof Element && old.querySelector("form") && old.contains(document.activeElement))),
  beforeAttributeUpdated: (/** @type {string} */ name, /** @type {Element} */ element) => !(name === "open" && element.localName === "details"),
};

/** Brings one region up to date. @param {string} id @param {string} html the element itself or its inside @returns {boolean} whether it says something else now */
export function morph(id, html) {
  const old = document.getElementById(id);
  if (!old) return false;
  const template = document.createElement("template");
  template.innerHTML = trusted(html.trim());
  const whole = template.content.children.length === 1 && template.content.firstElementChild?.id === id;
  const before = old.textContent;
  if (whole) Idiomorph.morph(old, /** @type {Element} */ (template.content.firstElementChild), { morphStyle: "outerHTML", callbacks: CALLBACKS });
  else Idiomorph.morph(old, [...template.content.childNodes], { morphStyle: "innerHTML", callbacks: CALLBACKS });
  const fresh = document.getElementById(id);
  fresh?.dispatchEvent(new Event("samlad:fresh", { bubbles: true }));
  const changed = !!fresh && fresh.textContent !== before;
  if (changed && !fresh.querySelector("[data-live]")) flash(fresh);
  return changed;
}

/** @param {Element} element */
function flash(element) {
  element.classList.remove("just-changed");
  requestAnimationFrame(() => element.classList.add("just-changed"));
  setTimeout(() => element.classList.remove("just-changed"), 4000);
}
