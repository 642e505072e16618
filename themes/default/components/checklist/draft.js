/*
 * regain.draft: keeps a draft on this device if the reader wants one, and clears it.
 *
 * In: the answers. Out: one entry in local storage, only after consent, without secrets, for 30 days.
 * Nothing is kept anywhere else, and "Clear answers" leaves nothing. Windows that share the entry merge their
 * answers; none overwrites what was typed in another.
 */
(() => {
  "use strict";

  const DAYS = 30;
  /* One key for each checklist: several sites may share one host. */
  const KEY = "regain.draft " + location.pathname;

  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

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
    /* The draft as this window last read or wrote it. */
    let agreed = null;

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
      saved.textContent = regain.text("saved_at", { time: time.toLocaleTimeString(document.documentElement.lang, words) });
    }

    function stop(words) {
      clearTimeout(waiting);
      agreed = null;
      consent.checked = false;
      saved.textContent = words;
      if (words) regain.announce(words, "unseen");
    }

    /* Takes over what another window kept. Gives whether this one may go on. */
    function meet() {
      const other = kept();
      if (!other && agreed) stop("");
      if (!other || same(other, agreed)) return consent.checked;
      const { answers, conflicts } = regain.merge(agreed?.answers ?? {}, clean(), other.answers);
      if (conflicts.length) {
        const labels = conflicts.map((id) => list.byId.get(id)?.label ?? id).join(", ");
        stop(regain.text("draft_elsewhere", { labels }));
        return false;
      }
      if (!agreed || page.request.id === agreed.request) page.form.choose(other.request);
      agreed = other;
      show(answers);
      say(new Date(other.saved));
      return true;
    }

    /* Only what differs is written: a secret stays in its field, and the place of the cursor where it is. */
    function show(answers) {
      const here = clean();
      const changed = data.details.filter(({ id }) => !same(here[id], answers[id]));
      changed.forEach((detail) => page.form.put(detail, answers[detail.id]));
      page.refresh();
    }

    function save() {
      if (!consent.checked || !meet()) return;
      const [time, request, answers] = [new Date(), page.request.id, clean()];
      /* Writing an unchanged draft would make the windows update each other endlessly. */
      if (agreed && same([request, answers], [agreed.request, agreed.answers])) return;
      const draft = { saved: time.toISOString(), request, answers };
      if (!keep(draft)) return stop(regain.text("not_saved"));
      agreed = draft;
      say(time);
    }

    function refresh() {
      const answered = data.details.some((detail) => !list.isEmpty(detail, page.answers[detail.id]));
      const filled = answered || root.querySelector("[data-posted-text]").value;
      find("forget").hidden = !(filled || consent.checked || kept());
      clearTimeout(waiting);
      if (consent.checked) waiting = setTimeout(save, 300);
    }

    function empty() {
      drop();
      stop("");
      confirm.hidden = true;
      page.form.write({});
      page.state.kept = {};
      page.refresh();
    }

    function forget() {
      history.replaceState(null, "", location.pathname + location.search);
      regain.clear();
      regain.announce(regain.text("forgotten"));
      root.querySelector("h1").focus();
    }

    /* A draft from an earlier visit. */
    function restore() {
      const old = kept();
      consent.checked = Boolean(old);
      /* Also clears what a browser brings back after a reload. */
      page.form.write(old?.answers ?? {});
      if (!old) return;
      agreed = old;
      page.form.choose(old.request);
      say(new Date(old.saved));
    }

    consent.addEventListener("change", () => {
      saved.textContent = "";
      if (consent.checked) save();
      else {
        stop("");
        drop();
      }
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
    addEventListener("pagehide", save);
    addEventListener("storage", ({ key }) => {
      if ((key === KEY || key === null) && consent.checked) meet();
    });
    regain.onClear(empty);

    return { refresh, restore };
  }

  regain.draft = draft;
})();
