/*
 * regain.draft: a draft on this device if the reader wants one, and forgetting.
 *
 * Comes in: the answers. Goes out: one entry in local storage, only after consent, without secrets, for 30 days.
 * Nothing is kept anywhere else, and "Forget everything" leaves nothing.
 */
(() => {
  "use strict";

  const DAYS = 30;
  /* One key for each checklist: several sites may share one host. */
  const KEY = "regain.draft " + location.pathname;

  /* What was kept, unless it is too old or not ours. */
  function kept() {
    try {
      const draft = JSON.parse(localStorage.getItem(KEY));
      const age = Date.now() - Date.parse(draft.saved);
      if (age >= 0 && age < DAYS * 24 * 60 * 60 * 1000 && draft.answers) return draft;
      localStorage.removeItem(KEY);
    } catch {
      /* No storage, or not a draft: then there is none. */
    }
    return null;
  }

  function keep(draft) {
    try {
      localStorage.setItem(KEY, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  }

  function drop() {
    try {
      localStorage.removeItem(KEY);
    } catch {
      /* Where nothing can be kept there is nothing to drop. */
    }
  }

  function draft(page) {
    const { root, data, list } = page;
    root.querySelector("[data-keeping]").append(page.part("keeping"));
    const find = (hook) => root.querySelector("[data-" + hook + "]");
    const consent = find("save-consent");
    const saved = find("saved");
    const confirm = find("forget-confirm");
    let waiting;

    /* Answers without secrets and without what nobody answered. */
    function clean() {
      const answered = data.details.filter((detail) => !list.isEmpty(detail, page.answers[detail.id]));
      return Object.fromEntries(
        answered.map((detail) => {
          const answer = page.answers[detail.id];
          if (typeof answer !== "string") return [detail.id, answer];
          return [detail.id, list.scanner.clean(answer, detail.label, { isPublic: list.isPublic(detail, page.request) })];
        }),
      );
    }

    function say(time) {
      const words = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
      saved.textContent = regain.text("savedAt", { time: time.toLocaleTimeString(document.documentElement.lang, words) });
    }

    function save() {
      if (!consent.checked) return;
      const time = new Date();
      if (keep({ saved: time.toISOString(), request: page.request.id, answers: clean() })) return say(time);
      consent.checked = false;
      saved.textContent = regain.text("notSaved");
    }

    function refresh() {
      const answered = data.details.some((detail) => !list.isEmpty(detail, page.answers[detail.id]));
      const filled = answered || root.querySelector("[data-posted-text]").value;
      find("forgetting").hidden = !(filled || consent.checked || kept());
      clearTimeout(waiting);
      if (consent.checked) waiting = setTimeout(save, 300);
    }

    function empty() {
      clearTimeout(waiting);
      drop();
      consent.checked = false;
      saved.textContent = "";
      confirm.hidden = true;
      page.form.write({});
      page.state.kept = {};
      page.refresh();
    }

    function forget() {
      history.replaceState(null, "", location.pathname + location.search);
      regain.forget();
      regain.announce(regain.text("forgotten"));
      root.querySelector("h1").focus();
    }

    /* A draft from an earlier visit. */
    function restore() {
      const old = kept();
      consent.checked = Boolean(old);
      page.form.write(old?.answers ?? {});
      if (!old) return;
      page.form.choose(old.request);
      say(new Date(old.saved));
    }

    consent.addEventListener("change", () => {
      saved.textContent = "";
      if (consent.checked) save();
      else drop();
      refresh();
    });
    find("forget").addEventListener("click", () => {
      confirm.hidden = false;
      confirm.focus();
    });
    find("forget-no").addEventListener("click", () => {
      confirm.hidden = true;
      find("forget").focus();
    });
    find("forget-yes").addEventListener("click", forget);
    find("print").addEventListener("click", () => window.print());
    addEventListener("pagehide", save);
    regain.onForget(empty);

    return { refresh, restore };
  }

  regain.draft = draft;
})();
