/*
 * Makes the pages work when opened from disk; does nothing on a web server.
 *
 * Chromium refuses scripts and styles with an integrity check on file: pages, so they are added again without the
 * check; Firefox runs them. A folder address shows a listing instead of its page, so links get an index.html.
 */
(() => {
  "use strict";
  if (location.protocol !== "file:") return;

  const same = (address) => address;
  const trusted = window.trustedTypes
    ? trustedTypes.createPolicy("regain-disk", { createScriptURL: same })
    : { createScriptURL: same };

  function restyle() {
    for (const link of document.querySelectorAll("link[rel=stylesheet][integrity]")) {
      const plain = link.cloneNode();
      plain.removeAttribute("integrity");
      link.replaceWith(plain);
    }
  }

  function rerun() {
    for (const script of document.querySelectorAll("script[integrity]")) {
      const plain = document.createElement("script");
      plain.async = false;
      plain.src = trusted.createScriptURL(script.src);
      script.replaceWith(plain);
    }
  }

  /* "a/b/?q=1#c" → "a/b/index.html?q=1#c"; every other address stays as it is. */
  const spell = (address) => address.replace(/^([^?#:]*\/)(?=[?#]|$)/, "$1index.html");

  function relink() {
    for (const link of document.querySelectorAll("a[href]")) {
      const address = link.getAttribute("href");
      if (spell(address) !== address) link.setAttribute("href", spell(address));
    }
  }

  function relinkForms() {
    for (const form of document.querySelectorAll("form[action]")) {
      form.setAttribute("action", spell(form.getAttribute("action")));
    }
  }

  restyle();
  /* The page is parsed, and none of its deferred scripts has read a link yet. */
  document.addEventListener(
    "readystatechange",
    () => {
      restyle();
      relink();
      relinkForms();
      /* A copy from the archive does not contain the archive. */
      document.querySelector("[data-offline]")?.remove();
      /* Links that scripts add later, such as search results. */
      new MutationObserver(relink).observe(document.body, { childList: true, subtree: true });
    },
    { once: true },
  );
  document.addEventListener("DOMContentLoaded", () => {
    if (!window.regain) rerun();
  });
})();
