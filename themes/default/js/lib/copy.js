/* regain.copy, regain.copyFor and regain.select: what every copy button of the theme does. */
(() => {
  "use strict";

  let ticked;

  /* Resolves to whether the browser allowed it. */
  regain.copy = async (words) => {
    try {
      await navigator.clipboard.writeText(words);
      return true;
    } catch {
      return false;
    }
  };

  /* Copies for a button or link, which keeps a tick until the next one is used. Resolves to whether the browser allowed it. */
  regain.copyFor = async (control, words, key) => {
    if (!(await regain.copy(words))) return false;
    ticked?.removeAttribute("data-copied");
    ticked = control;
    control.dataset.copied = "";
    regain.announce(regain.text(key));
    return true;
  };

  /* What to do when copying is refused: leave the text selected for the reader's own menu. */
  regain.select = (node) => {
    if ("select" in node) node.select();
    else getSelection().selectAllChildren(node);
  };
})();
