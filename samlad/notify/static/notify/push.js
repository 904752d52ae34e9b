// @ts-check
// <samlad-push data-key="..."> round a form: its button asks the browser for notices, puts what it answers into the form's
// fields and sends the form. Without script, or where a browser has no notices, the form stays hidden.

import { trustedWorker } from "../base/trusted.js";

class SamladPush extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector("form");
    if (!form || !("serviceWorker" in navigator) || !("PushManager" in window) || !("Notification" in window)) return;
    form.hidden = false;
    this.querySelector("[data-unsupported]")?.setAttribute("hidden", "");
    form.addEventListener("submit", (event) => {
      if (field(form, "address").value) return;
      event.preventDefault();
      this.ask(form);
    });
  }

  /** @param {HTMLFormElement} form */
  async ask(form) {
    if (this.busy) return;
    this.busy = true;
    try {
      if ((await Notification.requestPermission()) !== "granted") {
        this.tell(this.dataset.denied || "");
        return;
      }
      const worker = await navigator.serviceWorker.register(trustedWorker("/push-worker.js"));
      await navigator.serviceWorker.ready;
      const wanted = { userVisibleOnly: true, applicationServerKey: this.dataset.key };
      const earlier = await worker.pushManager.getSubscription();
      await earlier?.unsubscribe(); // made for another key, or for somebody else who used this browser
      const subscription = await worker.pushManager.subscribe(wanted);
      const { endpoint, keys } = subscription.toJSON();
      field(form, "address").value = JSON.stringify({ endpoint, keys });
      form.submit();
    } catch (error) {
      this.tell(this.dataset.failed || String(error));
    } finally {
      this.busy = false;
    }
  }

  /** @param {string} text */
  tell(text) {
    const state = this.querySelector("[role=status]");
    if (state) state.textContent = text;
  }
}

/** @param {HTMLFormElement} form @param {string} name */
const field = (form, name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name));

customElements.define("samlad-push", SamladPush);
