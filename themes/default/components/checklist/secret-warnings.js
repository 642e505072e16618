/*
 * regain.secretWarnings: what is said when a secret is typed.
 *
 * In: what the scanner finds in an answer. Out: one alert under the field, with a way to delete it and, for
 * guesses, to keep it. The secret is left out of the request already; here it is never shown again.
 */
(() => {
  "use strict";

  function secretWarnings(page) {
    const { data, list } = page;
    const warnings = new Map();

    function fill(warning, detail, { secret, certainty }) {
      const set = (hook, words) => (warning.querySelector(hook).textContent = words);
      const isMisplaced = page.isMisplaced(detail);
      const guide = !isMisplaced && data.guides[secret.id];
      set(".notice-title", regain.text("secret_title", { what: page.nameOf(secret) }));
      const words = regain.text(secret.signs_in ? "secret_recovery_code" : "secret_" + certainty);
      set("[data-secret-text]", isMisplaced ? words + " " + list.message(detail, "empty") + "." : words);
      const link = warning.querySelector("[data-secret-guide] a");
      link.parentNode.hidden = !guide;
      if (guide) {
        if (!secret.signs_in && certainty === "certain") link.before(regain.text("secret_revoke") + " ");
        link.href = guide.href;
        link.textContent = guide.title;
      }
      const keep = warning.querySelector("[data-secret-keep]");
      keep.hidden = isMisplaced || certainty === "certain";
      if (certainty === "personal") keep.textContent = regain.text("secret_keep_personal");
      keep.addEventListener("click", () => {
        page.state.kept[detail.id] = [...(page.state.kept[detail.id] ?? []), secret.id];
        done(detail);
      });
      warning.querySelector("[data-secret-delete]").addEventListener("click", () => {
        remove(detail, secret);
        done(detail);
      });
    }

    function done(detail) {
      page.form.controls(detail.id)[0].focus();
      page.refresh();
    }

    /* Every find of this kind, from the text as it was typed. */
    function remove(detail, secret) {
      const [control] = page.form.controls(detail.id);
      const options = { isPublic: list.isPublic(detail, page.request), kept: page.state.kept[detail.id] ?? [] };
      let text = control.value;
      const finds = list.scanner.removals(text, detail.label, options).reverse();
      for (const { start, end } of finds.filter((find) => find.secret.id === secret.id)) {
        text = text.slice(0, start) + text.slice(end);
      }
      control.value = text;
    }

    function found(detail) {
      const answer = page.answers[detail.id];
      if (typeof answer !== "string" || !answer || page.form.field(detail.id).hidden) return [];
      return list.secrets(detail, page.request, page.state);
    }

    /* An alert is built once for what it says, so that it is not read out at every letter. */
    function refresh() {
      for (const detail of data.details) {
        const [first] = found(detail);
        const key = first ? first.secret.id + first.certainty : "";
        const old = warnings.get(detail.id);
        if ((old?.key ?? "") === key) continue;
        old?.warning.remove();
        warnings.delete(detail.id);
        if (!first) continue;
        const warning = page.part("secret").firstElementChild;
        fill(warning, detail, first);
        page.form.controls(detail.id)[0].after(warning);
        warnings.set(detail.id, { key, warning });
      }
    }

    return { refresh };
  }

  regain.secretWarnings = secretWarnings;
})();
