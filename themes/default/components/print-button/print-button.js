/* print-button: prints the page, also where a script adds the button later. */
document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) print();
});
