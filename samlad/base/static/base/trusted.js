// @ts-check
// The only place where text becomes HTML, or the address of a script: what our own server has answered. The content policy
// (trusted types) stops every other.

const WORKERS = ["/push-worker.js"];
/** @param {string} address */
const worker = (address) => {
  if (!WORKERS.includes(address)) throw new TypeError(address);
  return address;
};
/** @type {{createHTML: (html: string) => string, createScriptURL: (address: string) => string} | undefined} */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("samlad", {
  createHTML: (/** @type {string} */ html) => html,
  createScriptURL: worker,
});

/** @param {string} html from our server */
export const trusted = (html) => (policy ? policy.createHTML(html) : html);

/** A page that our server answered with. @param {Response} answer */
export const page = async (answer) => new DOMParser().parseFromString(trusted(await answer.text()), "text/html");

/** The address of one of our workers. @param {string} address */
export const trustedWorker = (address) => (policy ? policy.createScriptURL(address) : worker(address));
