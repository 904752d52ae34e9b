// @ts-check
// On a narrow screen the tabs are wider than it: the one that is open is brought into view. Sideways only.
for (const tabs of document.querySelectorAll("ul.tabs")) {
  const current = tabs.querySelector("[aria-current]");
  if (current instanceof HTMLElement) {
    tabs.scrollLeft = current.offsetLeft - tabs.offsetLeft - (tabs.clientWidth - current.offsetWidth) / 2;
  }
}
