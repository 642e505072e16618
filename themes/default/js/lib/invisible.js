/*
 * regain.INVISIBLE and regain.visible: characters nobody sees, as src/invisible.rs has them.
 *
 * INVISIBLE is the inside of a character class for expressions with the flag "u"; visible(text) gives the text without
 * hidden characters, except for those that a script or an emoji needs. A test compares both with Rust's.
 */
(() => {
  "use strict";

  const INVISIBLE = "\\p{Default_Ignorable_Code_Point}\\p{Cf}";
  /* Control characters too, but not the tabs and line breaks that people type. */
  const HIDDEN = new RegExp("(?![\\t\\n\\r])[" + INVISIBLE + "\\p{Cc}]", "gu");
  const JOINER = /^[\u034f\u180b-\u180f\u200c\u200d\u{e0100}-\u{e01ef}]$/u;
  const VARIATION = /^[\ufe00-\ufe0f]$/u;

  function isNeeded(sign, before) {
    const foreign = before > "\u007f";
    if (JOINER.test(sign)) return foreign;
    if (VARIATION.test(sign)) return foreign || /[0-9#*]/.test(before);
    return sign === "\u00ad" && /\p{Alphabetic}/u.test(before);
  }

  function visible(text) {
    return text.replace(HIDDEN, (sign, at) => {
      const before = at ? Array.from(text.slice(Math.max(0, at - 2), at)).at(-1) : "";
      return isNeeded(sign, before) ? sign : "";
    });
  }

  Object.assign(window.regain, { INVISIBLE, HIDDEN, visible });
})();
