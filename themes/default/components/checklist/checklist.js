/*
 * The checklist page: fields, request, checks, warnings and draft put together.
 *
 * Takes the page's data block and the rules for secrets, which are a script of their own. Makes a page that composes the
 * request as the reader types; without the rules it composes nothing. Nothing typed here is sent, put into an address or
 * stored, except the draft the reader asks for.
 */
(() => {
  "use strict";

  /* Lets the browser respond to the reader between two steps of the startup. */
  const pause = () => new Promise((resume) => setTimeout(resume));

  async function start(root) {
    if (!window.secretRules) return;
    await pause();
    const data = JSON.parse(document.querySelector("[data-checklist-data]").content.textContent);
    data.secrets = window.secretRules;
    const state = { answers: {}, kept: {} };
    const page = {
      root,
      data,
      state,
      list: regain.checklist(data),
      request: data.requests[0],
      get answers() {
        return state.answers;
      },
      part: (name) => document.querySelector('[data-part="' + name + '"]').content.cloneNode(true),
      /* Whether the chosen request asks for a detail as things are. */
      isShown: (detail) => page.request.details.includes(detail.id) && page.list.isAsked(detail, state.answers),
      nameOf: (secret) => secret.name ?? data.names[secret.id] ?? secret.what,
      /* Whether what was typed could not be the answer anyway, such as an email address for a username. */
      isMisplaced: (detail) => page.list.invalid(detail, state.answers[detail.id]) === "format",
      refresh,
    };
    page.form = regain.form(page);
    page.settled = regain.settledAnswers(page);
    const composed = regain.composedRequest(page);
    await pause();
    const checks = regain.checks(page);
    const secrets = regain.secretWarnings(page);
    regain.afterFiling(page);
    regain.submittedSection(page);
    const draft = regain.draft(page);
    await pause();

    function refresh() {
      state.answers = page.form.read();
      page.request = page.form.chosenRequest();
      for (const part of [page.form, page.settled, composed, checks, secrets, draft]) part.refresh();
    }

    draft.restore();
    page.settled.settle();
    refresh();
    delete document.documentElement.dataset.loading;
    root.addEventListener("input", refresh);
    addEventListener("hashchange", () => {
      if (!location.hash.startsWith("#for=")) return;
      page.settled.settle();
      refresh();
    });
    regain.onClear(checks.close);
  }

  regain.start("data-checklist", start);
})();
