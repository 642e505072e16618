/* Anchor beside a heading: following it also copies its address, and a tick stays until the next one is copied. */
regain.ready(() => {
  let ticked = null;
  document.addEventListener("click", async (event) => {
    const anchor = event.target.closest?.("a.anchor");
    if (!anchor || !(await regain.copy(anchor.href))) return;
    ticked?.removeAttribute("data-copied");
    ticked = anchor;
    anchor.dataset.copied = "";
    regain.announce(regain.text("link_copied"));
  });
});
