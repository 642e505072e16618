/* Anchor beside a heading: following it also copies its address. */
regain.ready(() => {
  document.addEventListener("click", async (event) => {
    const anchor = event.target.closest?.("a.anchor");
    if (anchor && (await regain.copy(anchor.href))) regain.announce(regain.text("linkCopied"));
  });
});
