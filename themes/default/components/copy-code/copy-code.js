/* copy-code: a button in each code block that copies it, such as a command or the text of an email. */
regain.ready(() => {
  let ticked = null;

  async function copy(pre, button) {
    /* Without the last line break: a shell would run what is pasted. */
    if (!(await regain.copy(pre.textContent.trimEnd()))) {
      regain.select(pre);
      return regain.announce(regain.text("copy_refused"));
    }
    ticked?.removeAttribute("data-copied");
    ticked = button;
    button.dataset.copied = "";
    regain.announce(regain.text("copied"));
  }

  for (const pre of document.querySelectorAll(".prose pre")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button copy-code";
    button.textContent = regain.text("copy");
    const what = document.createElement("span");
    what.className = "sr-only";
    what.textContent = ": " + pre.textContent.trim().split("\n")[0];
    button.append(what);
    button.addEventListener("click", () => copy(pre, button));
    pre.after(button);
  }
});
