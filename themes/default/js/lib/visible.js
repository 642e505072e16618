/*
 * regain.HIDDEN, unwanted, without, visible: texts without characters that nobody sees, as src/invisible.rs does it.
 *
 * HIDDEN matches what can hide in a secret, and visible(text) leaves out what no script or emoji needs.
 * tests/suite/invisible.rs compares it with Rust.
 */
(() => {
  "use strict";

  /* Control characters too, but not the tabs and line breaks that people type. */
  const HIDDEN = new RegExp("(?![\\t\\n\\r])[" + window.regain.INVISIBLE + "\\p{Cc}]", "gu");
  const JOINER = /^[\u034f\u180b-\u180f\u200c\u200d\u{e0100}-\u{e01ef}]$/u;
  const VARIATION = /^[\ufe00-\ufe0f]$/u;

  function isNeeded(sign, before) {
    const foreign = before > "\u007f";
    if (JOINER.test(sign)) return foreign;
    if (VARIATION.test(sign)) return foreign || /[0-9#*]/.test(before);
    return sign === "\u00ad" && /\p{Alphabetic}/u.test(before);
  }

  /* The matches of hidden characters that no script or emoji needs where they are. */
  const unwanted = (text) =>
    [...text.matchAll(HIDDEN)].filter(({ 0: sign, index: at }) => !isNeeded(sign, [...text.slice(Math.max(0, at - 2), at)].at(-1) ?? ""));

  /* What remains of a text without matches, which are in order, and the original range of what is at one now. */
  function without(text, matches) {
    let rest = "";
    const at = [];
    let from = 0;
    for (const { index, 0: gap } of [...matches, { index: text.length, 0: "" }]) {
      rest += text.slice(from, index);
      for (; from < index; from += 1) at.push(from);
      from = index + gap.length;
    }
    const original = ({ start, end }) => ({ start: at[start] ?? text.length, end: end > start ? at[end - 1] + 1 : (at[start] ?? text.length) });
    return { text: rest, original };
  }

  const visible = (text) => without(text, unwanted(text)).text;

  Object.assign(window.regain, { HIDDEN, unwanted, without, visible });
})();
