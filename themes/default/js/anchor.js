/* Anchor beside a heading: following it also copies its address. */
document.addEventListener("click", (event) => {
  const anchor = event.target.closest?.("a.anchor");
  if (anchor) regain.copyFor(anchor, anchor.href, "link_copied");
});
