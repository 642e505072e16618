/* Runs before the first paint: what needs scripts may show (.needs-scripts), a chosen color scheme never flashes, and a
   checklist that the questions fill in waits for them. Settings are kept by regain.setting. */
(() => {
  "use strict";
  const page = document.documentElement;
  page.dataset.scripts = "";
  if (location.hash.startsWith("#for=")) page.dataset.settling = "";
  try {
    const { scheme } = JSON.parse(localStorage.getItem("regain.settings")) || {};
    if (scheme === "light" || scheme === "dark") page.dataset.scheme = scheme;
  } catch {
    /* No storage, no choice: the system decides. */
  }
})();
