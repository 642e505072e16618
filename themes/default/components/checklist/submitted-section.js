/*
 * regain.submittedSection: the part of the page that checks a submitted request.
 *
 * Few readers need it, so submitted-review.js, which reviews the text, is loaded when they open this part.
 */
(() => {
  "use strict";

  function submittedSection(page) {
    const part = page.part("posted").firstElementChild;
    const { scriptSrc, scriptIntegrity } = part.dataset;
    let loading = null;

    function load() {
      loading ??= regain.load(scriptSrc, scriptIntegrity);
      loading.catch(() => (loading = null));
      return loading;
    }

    part.addEventListener("toggle", load);
    part.querySelector("[data-posted-check]").addEventListener("click", async () => {
      try {
        await load();
      } catch {
        return regain.announce(regain.text("check_failed"));
      }
      regain.showReview(page, part);
    });
    page.root.querySelector("[data-posted-place]").append(part);
    regain.onClear(() => {
      part.querySelector("[data-posted-text]").value = "";
      part.querySelector("[data-posted-results]").replaceChildren();
    });
  }

  regain.submittedSection = submittedSection;
})();
