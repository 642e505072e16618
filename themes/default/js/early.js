/* Runs before the first paint, so that elements that need scripts appear (.needs-scripts), the wrong color scheme never
   flashes, and a checklist or a question waits for its scripts, but only for a few seconds. regain.setting stores the settings. */
(() => {
  "use strict";
  const page = document.documentElement;
  page.dataset.scripts = "";
  page.dataset.loading = /^#(for|q)=/.test(location.hash) ? "answers" : "";
  setTimeout(() => delete page.dataset.loading, 4000);
  try {
    const { scheme } = JSON.parse(localStorage.getItem("regain.settings")) || {};
    if (scheme === "light" || scheme === "dark") page.dataset.scheme = scheme;
  } catch {
    /* No storage, no choice: the system decides. */
  }
})();
