/* Runs before the first paint: what needs scripts may show (.needs-scripts), and a chosen color scheme never flashes.
   Settings are kept by regain.setting. */
(() => {
  "use strict";
  document.documentElement.dataset.scripts = "";
  try {
    const { scheme } = JSON.parse(localStorage.getItem("regain.settings")) || {};
    if (scheme === "light" || scheme === "dark") document.documentElement.dataset.scheme = scheme;
  } catch {
    /* No storage, no choice: the system decides. */
  }
})();
