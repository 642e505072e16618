/* copy-code: a button in each code block that copies it, such as a command or the text of an email. */
regain.start("data-page", (body) => {
  async function copy(pre, button) {
    /* Without the last line break: a shell would run what is pasted. */
    if (await regain.copyFor(button, pre.textContent.trimEnd(), "copied")) return;
    regain.select(pre);
    regain.announce(regain.text("copy_refused"));
  }

  for (const pre of body.querySelectorAll(".prose pre")) {
    const button = document.createElement("button");
    const what = document.createElement("span");
    button.type = "button";
    button.className = "button copy-code";
    what.className = "sr-only";
    what.textContent = ": " + pre.textContent.trim().split("\n")[0];
    button.append(regain.text("copy"), what);
    button.addEventListener("click", () => copy(pre, button));
    pre.after(button);
  }
});
