// @ts-check
/** Sends its form at once: an identity provider's answer goes on to the page that has our cookies. */
class Continue extends HTMLElement {
  connectedCallback() {
    this.querySelector("form")?.submit();
  }
}

customElements.define("samlad-continue", Continue);
