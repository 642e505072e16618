/*
 * regain.postedCheck: paste a request that is posted already and see what is missing in it.
 *
 * Comes in: the pasted text. Goes out: one line for each fault, or that there is none. A secret in it is named by
 * its kind and never shown again.
 */
(() => {
  "use strict";

  const KEYS = {
    "no-field": "postedNoField",
    empty: "postedEmpty",
    gap: "postedGap",
    unticked: "postedUnticked",
    "no-choice": "postedNoChoice",
    secret: "postedSecret",
    unknown: "postedUnknown",
  };

  function postedCheck(page) {
    const { root, data, list } = page;
    const part = page.part("posted").firstElementChild;
    const text = part.querySelector("[data-posted-text]");
    const results = part.querySelector("[data-posted-results]");

    function words({ kind, field, detail, words: said, pattern }) {
      if (detail && !KEYS[kind]) return data.messages[detail.id][kind] ?? regain.text("errorShape");
      const key = kind === "secret" && !page.request.public ? "postedSecretPrivate" : KEYS[kind];
      return regain.text(key, { field, words: said, what: pattern && page.nameOf(pattern) });
    }

    function check() {
      const said = regain.posted(list, page.request, text.value).map(words);
      const lines = said.length ? [...new Set(said)] : [regain.text("postedFine")];
      results.replaceChildren(
        ...lines.map((line) => {
          const item = document.createElement("li");
          item.textContent = line;
          return item;
        }),
      );
      results.focus();
    }

    part.querySelector("[data-posted-check]").addEventListener("click", check);
    root.querySelector("[data-posted-place]").append(part);
    regain.onForget(() => {
      text.value = "";
      results.replaceChildren();
    });
  }

  regain.postedCheck = postedCheck;
})();
