/*
 * regain.settledAnswers: answers that the triage has settled, folded into one list above the first field.
 *
 * In: the outcome that the address names. Out: its request and answers, put in where the reader has given
 * none, and which fields are folded. "Change" opens a field in its place. The list is open if anyone will read the request,
 * so that nothing is said in public that the reader has not seen. Without an outcome nothing is folded.
 */
(() => {
  "use strict";

  function settledAnswers(page) {
    const { root, data, list } = page;
    const section = page.part("settled").firstElementChild;
    const which = root.querySelector("[data-which]");
    const folded = new Set();
    let hasRequest = false;
    root.querySelector(".group").before(section);

    function settle() {
      const id = location.hash.match(/^#for=([a-z0-9-]+)$/)?.[1];
      const outcome = data.outcomes?.find((one) => one.id === id);
      list.hide(outcome?.hide ?? []);
      folded.clear();
      hasRequest = Boolean(which && outcome);
      if (!outcome) return;
      page.form.choose(outcome.request);
      section.open = page.form.chosenRequest().public;
      const answers = page.form.read();
      for (const id of new Set((outcome.answers ?? []).map(([id]) => id))) {
        const detail = list.byId.get(id);
        const chosen = outcome.answers.filter(([other]) => other === id).map(([, answer]) => answer);
        if (list.isEmpty(detail, answers[id])) page.form.put(detail, chosen);
        /* What the reader has answered otherwise stays open. */
        else if (String([...answers[id]].sort()) !== String([...chosen].sort())) continue;
        folded.add(id);
      }
    }

    function open(id) {
      if (folded.delete(id)) page.refresh();
    }

    function change({ id }) {
      open(id);
      page.form.controls(id)[0].focus();
    }

    function changeRequest() {
      hasRequest = false;
      page.refresh();
      which.querySelector(":checked").focus();
    }

    function refresh() {
      const shown = data.details.filter((detail) => folded.has(detail.id) && page.isShown(detail));
      const items = shown.map((detail) => page.form.answerItem(detail, page.form.chosenLabels(detail), change));
      if (hasRequest) items.unshift(page.form.answerItem({ id: "request", label: which.querySelector("legend").textContent }, page.form.chosenLabels({ id: "request" }), changeRequest));
      if (which) which.hidden = hasRequest;
      section.hidden = !items.length;
      section.querySelector("ul").replaceChildren(...items);
    }

    function forget() {
      settle();
      page.refresh();
    }

    regain.onClear(forget);
    return { settle, open, has: (id) => folded.has(id), refresh };
  }

  regain.settledAnswers = settledAnswers;
})();
