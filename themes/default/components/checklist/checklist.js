/*
 * The checklist page: fields, request, checks, warnings and draft put together.
 *
 * Comes in: the page's data block. Goes out: a page that composes the request as the reader types. Nothing typed here
 * is sent, put into an address or kept, except the draft the reader asks for.
 */
(() => {
  "use strict";

  function start(root) {
    const data = JSON.parse(document.querySelector("[data-checklist-data]").content.textContent);
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
      nameOf: (pattern) => data.names[pattern.id] ?? pattern.what,
      refresh,
    };
    page.form = regain.form(page);
    const output = regain.output(page);
    const checks = regain.checks(page);
    const secrets = regain.secrets(page);
    regain.postedCheck(page);
    const draft = regain.draft(page);

    function refresh() {
      state.answers = page.form.read();
      page.request = page.form.chosenRequest();
      for (const part of [page.form, output, checks, secrets, draft]) part.refresh();
    }

    /* What the triage settled: the request, and answers where the reader has given none. */
    function settle() {
      const id = location.hash.match(/^#for=([a-z0-9-]+)$/)?.[1];
      const outcome = data.outcomes?.find((one) => one.id === id);
      if (!outcome) return;
      page.form.choose(outcome.request);
      const answers = page.form.read();
      for (const [id] of outcome.answers ?? []) {
        const detail = page.list.byId.get(id);
        const settled = outcome.answers.filter(([other]) => other === id).map(([, answer]) => answer);
        if (page.list.isEmpty(detail, answers[id])) page.form.put(detail, settled);
      }
    }

    draft.restore();
    settle();
    refresh();
    root.addEventListener("input", refresh);
    addEventListener("hashchange", () => {
      settle();
      refresh();
    });
    regain.onForget(checks.close);
  }

  regain.start("data-checklist", start);
})();
