// A wall fetches its page again by itself, as nobody is there to do it: a new operation, or that the screen was revoked,
// shows within some minutes. When the server can't be reached what is shown stays; the live stream says how old it is.

class SamladAgain extends HTMLElement {
  connectedCallback() {
    this.timer = setInterval(() => this.again(), Number(this.dataset.seconds) * 1000);
  }

  disconnectedCallback() {
    clearInterval(this.timer);
  }

  async again() {
    try {
      const answer = await fetch(location.href, { method: "HEAD", cache: "no-store" });
      if (answer.status < 500) location.reload();
    } catch {
      // No contact: the next time, perhaps.
    }
  }
}

customElements.define("samlad-again", SamladAgain);
