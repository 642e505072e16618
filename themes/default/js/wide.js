/*
 * Menu and contents list on wide pages, where the style sheet shows them without their button: marked as open there,
 * so that checkers and assistive technology see what the eye sees. Closed again when the button comes back.
 */
regain.start("data-open-when-wide", (details) => {
  const button = details.querySelector("summary");
  let opened = false;
  new ResizeObserver(() => {
    const shown = button.getClientRects().length > 0;
    if (!shown && !details.open) details.open = opened = true;
    else if (shown && opened) details.open = opened = false;
  }).observe(button);
});
