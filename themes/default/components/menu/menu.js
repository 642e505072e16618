/* Menu button: Esc closes the menu and goes back to the button. Opening and closing is the browser's own. */
regain.start("data-menu", (menu) => {
  const button = menu.querySelector("summary");
  menu.addEventListener("keydown", (event) => {
    const closable = menu.open && button.getClientRects().length > 0;
    if (event.key !== "Escape" || !closable) return;
    menu.open = false;
    button.focus();
  });
});
