/* regain.copy, regain.copyFor and regain.select: what every copy button of the theme does. */
(() => {
  "use strict";

  /* Resolves to whether the browser allowed it. */
  async function copy(words) {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch {
      return false;
    }
  }

  /* Copies for a button or link, which keeps a tick until the next one is used. Resolves to whether the browser allowed it. */
  let ticked;
  async function copyFor(control, words, key) {
    if (!(await copy(words))) return false;
    ticked?.removeAttribute("data-copied");
    ticked = control;
    control.dataset.copied = "";
    regain.announce(regain.text(key));
    return true;
  }

  /* What to do when copying is refused: leave the text selected for the reader's own menu. */
  function select(node) {
    if ("select" in node) return node.select();
    getSelection().selectAllChildren(node);
  }

  Object.assign(regain, { copy, copyFor, select });
})();
