// @ts-check
// What a person has typed in a form, as pairs that can be kept and put back, and the ids of entries. For form.js.

/** Never kept: the token is the page's, a password the person's. */
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "password"]);

/** A UUIDv7 (RFC 9562): the time in milliseconds, then chance. */
export function uuid7() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  let time = Date.now();
  for (let i = 5; i >= 0; i--, time = Math.floor(time / 256)) bytes[i] = time % 256;
  bytes[6] = 0x70 | (bytes[6] & 0x0f);
  bytes[8] = 0x80 | (bytes[8] & 0x3f);
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** @param {HTMLFormElement} form @returns {[string, string][]} what a person has typed or chosen */
export const typed = (form) =>
  [...new FormData(form)].flatMap(([name, value]) => (typeof value === "string" && !NOT_KEPT.has(name) ? [[name, value]] : []));

/** @param {HTMLFormElement} form @param {[string, string][]} pairs */
export function fill(form, pairs) {
  const names = new Map(pairs.map(([name]) => [name, pairs.filter((pair) => pair[0] === name).map((pair) => pair[1])]));
  for (const field of form.elements) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement)) continue;
    if (!field.name || NOT_KEPT.has(field.name) || field.type === "file") continue;
    const values = names.get(field.name);
    if (field instanceof HTMLInputElement && /^(checkbox|radio)$/.test(field.type)) field.checked = !!values?.includes(field.value);
    else if (field instanceof HTMLSelectElement && field.multiple) for (const option of field.options) option.selected = !!values?.includes(option.value);
    else if (values) field.value = values.shift() ?? "";
  }
}

/** No draft of these forms from now on, nor any memory of the browser's own. @param {Element[]} forms @param {string} [key] */
export function keepNone(forms, key) {
  for (const form of forms)
    if (form instanceof HTMLElement && form.dataset.keep === key) {
      form.dataset.unkept = "";
      form.querySelector("form")?.setAttribute("autocomplete", "off");
    }
}

/** Chosen files into a form that takes another's place, but not those that were refused. @param {Element} from @param {Element} to */
export function moveFiles(from, to) {
  for (const had of from.querySelectorAll("input[type=file]")) {
    const field = to.querySelector(`input[type=file][name="${CSS.escape(had.getAttribute("name") || "")}"]`);
    if (had instanceof HTMLInputElement && field instanceof HTMLInputElement && had.files?.length && !field.closest(".has-error")) {
      field.files = had.files;
      field.closest("details")?.setAttribute("open", "");
    }
  }
}

/** What goes with a form that a script sends. The token is the cookie's of now: the page's own is old when there has been
 * a sign-in in another window. @param {FormData} body @returns {Record<string, string>} */
export function headersFor(body) {
  const token = document.cookie.match(/(?:^|; )(?:__Host-)?csrftoken=([^;]+)/)?.[1];
  if (token) body.delete("csrfmiddlewaretoken");
  return { "X-Samlad-Form": "1", ...(token ? { "X-CSRFToken": token } : {}) };
}
