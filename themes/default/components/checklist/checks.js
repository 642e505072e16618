/*
 * regain.checks: "Check my answers".
 *
 * In: the problems the checklist names. Out: a summary above the heading and a message at each field; with
 * no problem left, all answers to review. Nothing is reported before the reader asks, and a corrected problem disappears.
 */
(() => {
  "use strict";

  function checks(page) {
    const { root, data, list } = page;
    const prefix = regain.text("error") + " ";
    let summary = null;
    let review = null;

    const control = (id) => page.form.controls(id)[0];
    const fieldError = (id) => document.getElementById("field--" + id + "--error");

    function message({ detail, problem }) {
      if (problem === "secret") {
        const [{ secret }] = list.secrets(detail, page.request, page.state);
        const key = page.isMisplaced(detail) ? "error_misplaced" : "error_secret";
        return regain.text(key, { what: page.nameOf(secret), instead: list.message(detail, "empty") });
      }
      return list.message(detail, problem);
    }

    function focusField(id) {
      page.settled.open(id);
      const optional = control(id).closest("[data-optional]");
      if (optional) optional.open = true;
      control(id).focus();
      page.form.field(id).scrollIntoView({ block: "start" });
    }

    /* A list of hints, of which the message is the first. One radio button cannot be invalid, its group can. */
    function describe(id, on) {
      const errorId = "field--" + id + "--error";
      const group = control(id).closest("[role=radiogroup]");
      const target = page.form.field(id).querySelector("[aria-describedby]") ?? group ?? control(id);
      const ids = (target.getAttribute("aria-describedby") ?? "").split(" ").filter((one) => one && one !== errorId);
      if (on) ids.unshift(errorId);
      if (ids.length) target.setAttribute("aria-describedby", ids.join(" "));
      else target.removeAttribute("aria-describedby");
      for (const one of group ? [group] : page.form.controls(id)) {
        if (on) one.setAttribute("aria-invalid", "true");
        else one.removeAttribute("aria-invalid");
      }
    }

    function markField(id, words) {
      const error = document.createElement("p");
      error.className = "field-error";
      error.id = "field--" + id + "--error";
      const sign = document.createElement("span");
      sign.className = "sr-only";
      sign.textContent = prefix;
      error.append(sign, words);
      const choices = page.form.field(id).querySelector(".choices, .choice");
      (choices ?? control(id)).before(error);
      describe(id, true);
    }

    function clearField(id) {
      fieldError(id)?.remove();
      describe(id, false);
    }

    function summaryItem(problem) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = "#field--" + problem.detail.id;
      link.textContent = message(problem);
      link.addEventListener("click", (event) => {
        event.preventDefault();
        focusField(problem.detail.id);
      });
      item.append(link);
      item.dataset.problem = problem.detail.id;
      return item;
    }

    function close() {
      data.details.filter(({ id }) => fieldError(id)).forEach(({ id }) => clearField(id));
      summary?.remove();
      review?.remove();
      summary = review = null;
      document.title = document.title.replace(prefix, "");
    }

    function complain(problems) {
      summary = page.part("summary").firstElementChild;
      summary.querySelector("ul").append(...problems.map(summaryItem));
      root.prepend(summary);
      problems.forEach((problem) => markField(problem.detail.id, message(problem)));
      document.title = prefix + document.title;
      summary.focus();
    }

    const reviewItem = (detail) =>
      page.form.answerItem(detail, list.value(detail, page.request, page.state) ?? "✓", ({ id }) => focusField(id));

    function praise() {
      review = page.part("review").firstElementChild;
      const shown = data.details.filter(page.isShown);
      const answered = shown.filter((detail) => !list.isEmpty(detail, page.state.answers[detail.id]));
      review.querySelector("ul").append(...answered.map(reviewItem));
      root.querySelector("[data-checks]").append(review);
      page.form.refresh();
      review.querySelector("h2").focus();
      regain.announce(regain.text("no_problems"));
    }

    function check() {
      close();
      const problems = list.problems(page.request, page.state);
      if (problems.length) complain(problems);
      else praise();
    }

    /* A corrected problem disappears; new ones wait for the next check. */
    function refresh() {
      review?.remove();
      review = null;
      if (!summary) return;
      const open = new Set(list.problems(page.request, page.state).map(({ detail }) => detail.id));
      for (const item of summary.querySelectorAll("[data-problem]")) {
        if (open.has(item.dataset.problem)) continue;
        clearField(item.dataset.problem);
        item.remove();
      }
      if (!summary.querySelector("li")) close();
    }

    root.querySelector("[data-checks]").append(page.part("checks"));
    root.querySelector("[data-check]").addEventListener("click", check);
    return { refresh, close };
  }

  regain.checks = checks;
})();
