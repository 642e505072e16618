/*
 * window.regain: what every other script of the theme uses, and nothing more.
 *
 * In: the page as written in HTML. Out: start, text, announce, setting, load.
 * Does not: fetch, send, build HTML from text, or keep anything a reader typed.
 */
(() => {
  "use strict";

  const SETTINGS = "regain.settings";

  /* The strings that theme.toml lists for the scripts of this page, by their key in strings/en.toml. The page holds
     them as JSON. */
  const strings = {};

  /* Runs once the page is parsed and the rest of the same file has been read. */
  function ready(run) {
    const later = () => queueMicrotask(run);
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", later);
    else later();
  }

  /* start("data-menu", root => …) runs for each element that carries the attribute. */
  function start(attribute, run) {
    ready(() => document.querySelectorAll("[" + attribute + "]").forEach((root) => run(root)));
  }

  /* text("done_of", { done: 4, all: 7 }) fills "{done} of {all} done". */
  function text(key, values = {}) {
    return (strings[key] ?? key).replace(/\{([a-z_]+)\}/g, (gap, name) => values[name] ?? gap);
  }

  /* Says it in the one polite status region. Emptied first, so the same words are read out again. "unseen" is for
     what the page shows elsewhere already. */
  let saying;
  function announce(words, how = "seen") {
    const status = document.querySelector("[data-status]");
    if (!status) return;
    status.textContent = "";
    status.toggleAttribute("data-unseen", how === "unseen");
    clearTimeout(saying);
    saying = setTimeout(() => (status.textContent = words), 60);
  }

  function settings() {
    try {
      return JSON.parse(localStorage.getItem(SETTINGS)) || {};
    } catch {
      return {};
    }
  }

  /* setting("scheme") reads, setting("scheme", "dark") keeps it on this device, null forgets it. */
  function setting(name, value) {
    const all = settings();
    if (value === undefined) return all[name] ?? null;
    if (value === null) delete all[name];
    else all[name] = value;
    try {
      if (Object.keys(all).length) localStorage.setItem(SETTINGS, JSON.stringify(all));
      else localStorage.removeItem(SETTINGS);
    } catch {
      /* Storage may be switched off; the choice then lasts for this page. */
    }
    return value;
  }

  /* The page policy asks for trusted script addresses. Only load() makes any: addresses the site's own
     templates wrote, and the policy's script-src 'self' still decides. */
  const same = (address) => address;
  const trusted = window.trustedTypes
    ? trustedTypes.createPolicy("regain", { createScriptURL: same })
    : { createScriptURL: same };

  const fromDisk = location.protocol === "file:";

  /* Adds a script of the site (a search piece, say); resolves once it has run. Browsers cannot check
     the integrity of files opened from disk and would refuse them. One that the page asked for ahead, with
     its check, stays refused under its address, so there it is asked for under another. */
  function load(src, integrity) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = trusted.createScriptURL(fromDisk ? src + "?disk" : src);
      if (integrity && !fromDisk) script.integrity = integrity;
      script.onload = resolve;
      script.onerror = () => reject(new Error("could not load " + src));
      document.head.append(script);
    });
  }

  ready(() => {
    const block = document.querySelector("template[data-strings]");
    if (block) Object.assign(strings, JSON.parse(block.content.textContent));
  });

  window.regain = { strings, ready, start, text, announce, setting, load };
})();
