/*
 * regain.showReview: what is missing in a request that has been posted.
 *
 * Takes the pasted text and lists one line for each finding, or says that there is none. A secret in it is named by its
 * kind and never shown again.
 */
(() => {
  "use strict";

  const KEYS = {
    "no-field": "posted_no_field",
    empty: "posted_empty",
    gap: "posted_gap",
    unticked: "posted_unticked",
    "no-choice": "posted_no_choice",
    unknown: "posted_unknown",
    contradicted: "posted_contradicted",
    attachments: "posted_attachments",
    language: "posted_language",
  };

  function showReview(page, part) {
    const { data, list } = page;
    const text = part.querySelector("[data-posted-text]");
    const results = part.querySelector("[data-posted-results]");

    /* An address cannot be revoked; mail cannot be edited. */
    function secretKey(certainty) {
      if (!page.request.public) return "posted_secret_private";
      return certainty === "personal" ? "posted_personal" : "posted_secret";
    }

    function words({ kind, field, detail, words: said, count, secret, certainty }) {
      if (detail && !KEYS[kind]) return list.message(detail, kind);
      const key = kind === "secret" ? secretKey(certainty) : KEYS[kind];
      const line = regain.text(key, { field, count, words: said, what: secret && page.nameOf(secret) });
      /* Above the first label there is no field to name. */
      return field ? line : line.replace(/^: *(.)/u, (_, first) => first.toUpperCase());
    }

    function itemFor(line, guide) {
      const item = document.createElement("li");
      item.textContent = line;
      if (!guide) return item;
      const link = document.createElement("a");
      link.href = guide.href;
      link.textContent = guide.title;
      item.append(" ", link);
      return item;
    }

    /* Each line once, with what to do where a secret is public already. */
    const lines = new Map();
    for (const finding of regain.reviewSubmitted(list, page.request, text.value)) {
      lines.set(words(finding), finding.secret && data.guides.posted);
    }
    if (!lines.size) lines.set(regain.text("posted_fine"));
    results.replaceChildren(...[...lines].map(([line, guide]) => itemFor(line, guide)));
    results.focus();
  }

  regain.showReview = showReview;
})();
