/*
 * regain.form: the fields of the checklist, read and written.
 *
 * In: the controls of the page. Out: the answers as the checklist understands them, and fields that are shown
 * or hidden depending on the answers. Whether an answer is valid is not decided here.
 */
(() => {
  "use strict";

  function form(page) {
    const { root, data } = page;
    /* Looked up once, since every letter typed reads all answers. */
    const named = new Map();
    root.querySelectorAll("[name]").forEach((control) => named.set(control.name, [...(named.get(control.name) ?? []), control]));
    const fields = new Map([...root.querySelectorAll("[data-field]")].map((one) => [one.dataset.field, one]));
    const controls = (id) => named.get(id) ?? [];
    const field = (id) => fields.get(id);

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

    /* The labels of the options that are chosen, without their hints. */
    const chosenLabels = (detail) =>
      controls(detail.id)
        .filter((box) => box.checked)
        .map((box) => box.nextElementSibling.firstChild.textContent.trim())
        .join(", ");

    /* One row of a list of answers: the question, the answer and a button to change it. */
    function answerItem(detail, words, change) {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "button-link";
      button.textContent = regain.text("change");
      button.addEventListener("click", () => change(detail));
      const which = document.createElement("span");
      which.className = "sr-only";
      which.textContent = ": " + detail.label;
      button.append(which);
      for (const [name, text] of [["question", detail.label], ["answer", words]]) {
        const span = document.createElement("span");
        span.className = "trail-" + name;
        span.textContent = text;
        item.append(span);
      }
      item.append(button);
      return item;
    }

    /* Hidden answers leave the request and come back when they are shown again. */
    function refresh() {
      const { request } = page;
      for (const detail of data.details) {
        const part = field(detail.id);
        if (part) part.hidden = !page.isShown(detail) || page.settled.has(detail.id);
      }
      for (const [hook, shown] of [["public", request.public], ["support", !request.public]]) {
        root.querySelectorAll("[data-for-" + hook + "]").forEach((part) => (part.hidden = !shown));
      }
      for (const part of root.querySelectorAll("[data-then], [data-optional], .group")) {
        part.hidden = [...part.querySelectorAll("[data-field]")].every(({ hidden }) => hidden);
      }
    }

    return { controls, field, read, write, put, chosenRequest, choose, chosenLabels, answerItem, refresh };
  }

  regain.form = form;
})();
