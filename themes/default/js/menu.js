/* Menu button: Esc closes the menu and goes back to the button. Opening and closing is the browser's own. */
regain.start("data-menu", (menu) => {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});
