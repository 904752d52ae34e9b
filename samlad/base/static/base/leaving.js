// @ts-check
// <form data-leaving="..."> signs out, and signing out empties the browser's store: it asks first where text that was begun lies there.

const form = /** @type {HTMLFormElement | null} */ (document.querySelector("form[data-leaving]"));

/** Whether a form of Samlad has kept something that was not sent. */
function begun() {
  try { return Object.keys(localStorage).some((key) => key.startsWith("samlad:")); } catch { return false; }
}

form?.addEventListener("submit", (event) => {
  if (begun() && !confirm(form.dataset.leaving)) event.preventDefault();
});
