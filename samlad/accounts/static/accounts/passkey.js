// @ts-check
// <samlad-passkey data-act="get|create"> round a form: its button asks the browser for a passkey, puts what it answers into
// the form's field "credential" and sends the form. What the browser needs stands in the page as JSON, or is fetched from
// data-options-url when the button is pressed. Without script, or where there are no passkeys, the form stays hidden.

class SamladPasskey extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    const button = form?.querySelector("button[data-passkey]");
    if (!form || !(button instanceof HTMLButtonElement)) return;
    if (!window.PublicKeyCredential) {
      this.querySelector("[data-unsupported]")?.removeAttribute("hidden");
      return;
    }
    form.hidden = false;
    for (const note of this.querySelectorAll("[data-unsupported]")) note.setAttribute("hidden", "");
    this.state = form.insertBefore(document.createElement("p"), form.querySelector(".actions"));
    this.state.setAttribute("role", "status");
    form.addEventListener("submit", (event) => {
      if (credentialOf(form).value) return;
      event.preventDefault();
      this.ask(form, button);
    });
  }

  /** @param {HTMLFormElement} form @param {HTMLButtonElement} button */
  async ask(form, button) {
    if (this.busy) return;
    this.busy = true;
    button.setAttribute("aria-disabled", "true");
    this.tell(this.dataset.waiting || "");
    try {
      const options = (await this.options()).publicKey;
      const credential = this.dataset.act === "create"
        ? await navigator.credentials.create({ publicKey: creation(options) })
        : await navigator.credentials.get({ publicKey: request(options) });
      if (!(credential instanceof PublicKeyCredential)) throw new DOMException("none", "NotAllowedError");
      credentialOf(form).value = JSON.stringify(plain(credential));
      form.submit();
    } catch (error) {
      const name = error instanceof DOMException ? error.name : "";
      if (name === "InvalidStateError") this.tell(this.dataset.already || "", true);
      else if (name === "NotAllowedError" || name === "AbortError") this.tell(this.dataset.cancelled || "");
      else this.tell(this.dataset.failed || String(error), true);
    } finally {
      this.busy = false;
      button.removeAttribute("aria-disabled");
    }
  }

  async options() {
    const here = this.querySelector("script[type='application/json']");
    if (here) return JSON.parse(here.textContent || "");
    const answer = await fetch(this.dataset.optionsUrl || "", { headers: { Accept: "application/json" }, credentials: "same-origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  /** @param {string} text @param {boolean} [wrong] */
  tell(text, wrong = false) {
    if (!this.state) return;
    this.state.textContent = text;
    this.state.className = text ? `form-state ${wrong ? "waiting" : ""}` : "";
  }
}

/** @param {HTMLFormElement} form */
function credentialOf(form) {
  return /** @type {HTMLInputElement} */ (form.querySelector("input[name$=credential]"));
}

/** @param {any} options */
function creation(options) {
  return { ...options, challenge: bytes(options.challenge), user: { ...options.user, id: bytes(options.user.id) }, excludeCredentials: ids(options.excludeCredentials) };
}

/** @param {any} options */
function request(options) {
  return { ...options, challenge: bytes(options.challenge), allowCredentials: ids(options.allowCredentials) };
}

/** @param {any[] | undefined} list */
function ids(list) { return (list || []).map((one) => ({ ...one, id: bytes(one.id) })); }

/** What the server reads: every buffer as base64url. @param {PublicKeyCredential} credential */
function plain(credential) {
  const from = /** @type {any} */ (credential.response);
  /** @type {Record<string, any>} */
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (from[name]) response[name] = text(from[name]);
  if (from.getTransports) response.transports = from.getTransports();
  return { id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: credential.getClientExtensionResults() };
}

/** @param {string} base64url */
function bytes(base64url) {
  return Uint8Array.from(atob(base64url.replace(/-/g, "+").replace(/_/g, "/")), (character) => character.charCodeAt(0));
}

/** @param {ArrayBuffer} buffer */
function text(buffer) {
  return btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

customElements.define("samlad-passkey", SamladPasskey);
