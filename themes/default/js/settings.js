/* Settings in the footer, kept on this device: color scheme, and whether "/" goes to search. */
regain.start("data-settings", (settings) => {
  const schemes = [...settings.querySelectorAll("[name=scheme]")];
  const chosen = regain.setting("scheme") ?? "";
  for (const radio of schemes) {
    radio.checked = radio.value === chosen;
    radio.addEventListener("change", () => {
      regain.setting("scheme", radio.value || null);
      if (radio.value) document.documentElement.dataset.scheme = radio.value;
      else delete document.documentElement.dataset.scheme;
    });
  }

  const slash = settings.querySelector("[name=slash]");
  if (slash) {
    slash.checked = regain.setting("slash") !== "off";
    slash.addEventListener("change", () => regain.setting("slash", slash.checked ? null : "off"));
  }
  settings.hidden = false;
});
