/* Runs before the first paint, so that a chosen colour scheme never flashes. Settings are kept by regain.setting. */
(() => {
  "use strict";
  try {
    const { scheme } = JSON.parse(localStorage.getItem("regain.settings")) || {};
    if (scheme === "light" || scheme === "dark") document.documentElement.dataset.scheme = scheme;
  } catch {
    /* No storage, no choice: the system decides. */
  }
})();
