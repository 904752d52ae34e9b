// @ts-check
// The only place where text becomes HTML: what our own server has answered. The content policy (trusted types) stops every other.

/** @type {{createHTML: (html: string) => string} | undefined} */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("samlad", { createHTML: (/** @type {string} */ html) => html });

/** @param {string} html from our server */
export const trusted = (html) => (policy ? policy.createHTML(html) : html);

/** A page that our server answered with. @param {Response} answer */
export const page = async (answer) => new DOMParser().parseFromString(trusted(await answer.text()), "text/html");
