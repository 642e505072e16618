/*
 * regain.form: the fields of the checklist, read and written.
 *
 * Comes in: the controls of the page. Goes out: the answers as the checklist understands them, and fields shown or
 * hidden as the answers ask for them. Does not judge an answer.
 */
(() => {
  "use strict";

  function form(page) {
    const { root, data } = page;
    const controls = (id) => [...root.querySelectorAll('[name="' + id + '"]')];
    const field = (id) => root.querySelector('[data-field="' + id + '"]');

    /* So that no browser brings ticks back after a reload. HTML itself allows it on text fields only. */
    root.querySelectorAll("[type=checkbox], [type=radio]").forEach((box) => (box.autocomplete = "off"));

    function given(detail) {
      const all = controls(detail.id);
      if (detail.kind === "confirm") return all.some((box) => box.checked);
      if (detail.options) return all.filter((box) => box.checked).map((box) => box.value);
      return all.map((control) => control.value).join("");
    }

    const read = () => Object.fromEntries(data.details.map((detail) => [detail.id, given(detail)]));

    function put(detail, answer) {
      for (const control of controls(detail.id)) {
        if (detail.kind === "confirm") control.checked = answer === true;
        else if (detail.options) control.checked = Array.isArray(answer) && answer.includes(control.value);
        else control.value = typeof answer === "string" ? answer : "";
      }
    }

    /* Every field gets its answer; those without one are emptied. */
    const write = (answers) => data.details.forEach((detail) => put(detail, answers[detail.id]));

    function chosenRequest() {
      const chosen = root.querySelector("[data-which] :checked")?.value;
      return data.requests.find(({ id }) => id === chosen) ?? data.requests[0];
    }

    function choose(id) {
      const radio = root.querySelector('[data-which] [value="' + id + '"]');
      if (radio) radio.checked = true;
    }

    /* Hidden answers leave the request and come back when they are shown again. */
    function refresh() {
      const { request, answers } = page;
      for (const detail of data.details) {
        field(detail.id).hidden = !request.details.includes(detail.id) || !page.list.isAsked(detail, answers);
      }
      const parts = [...root.querySelectorAll("[data-then]")].map((part) => [part, part.children]);
      const groups = [...root.querySelectorAll(".group")].map((part) => [part, part.querySelectorAll("[data-field]")]);
      const numbers = [...root.querySelectorAll(".field-number")].filter((number) => !number.closest("[data-field]").hidden);
      numbers.forEach((number, at) => (number.textContent = at + 1));
      for (const [hook, shown] of [["public", request.public], ["support", !request.public]]) {
        root.querySelectorAll("[data-for-" + hook + "]").forEach((part) => (part.hidden = !shown));
      }
      for (const [part, fields] of [...parts, ...groups]) part.hidden = [...fields].every(({ hidden }) => hidden);
    }

    return { controls, field, read, write, put, chosenRequest, choose, refresh };
  }

  regain.form = form;
})();
