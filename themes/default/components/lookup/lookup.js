/*
 * "Is this address listed?" on the page of official addresses.
 *
 * In: what the reader pastes. Out: the listed address that it is, or that it lies below. Nothing is sent.
 */
(() => {
  "use strict";

  /* "Name <someone@host>" as mail programs show a sender. */
  const mailOf = (text) => (text.match(/<([^<>]*)>$/)?.[1] ?? text).trim().toLowerCase();

  function urlOf(text) {
    const scheme = /^[a-z][a-z0-9+.-]*:/i.test(text) ? "" : "https://";
    try {
      return new URL(scheme + text);
    } catch {
      return null;
    }
  }

  const withSlash = (path) => (path.endsWith("/") ? path : path + "/");

  /* The listed address that a pasted one is, else the longest one that it lies below. */
  function listedFor(text, listed) {
    if (text.includes("@") && !text.includes("/")) {
      return listed.find(({ url }) => url.protocol === "mailto:" && url.pathname === mailOf(text.replace(/^mailto:/i, "")));
    }
    const url = urlOf(text);
    if (url?.protocol !== "https:" || url.username) return undefined;
    url.hash = "";
    const isAbove = (other) =>
      other.origin === url.origin && !other.search && withSlash(url.pathname).startsWith(withSlash(other.pathname));
    const found = listed.filter((one) => one.url.href === url.href || isAbove(one.url));
    return found.sort((one, other) => other.url.href.length - one.url.href.length)[0];
  }

  regain.start("data-lookup", (root) => {
    const field = root.querySelector("input");
    const result = root.querySelector("[data-lookup-result]");
    const links = [...document.querySelectorAll(".addresses a")];
    const listed = links.map((link) => ({ url: new URL(link.href), title: link.closest("div").querySelector("dt").textContent }));

    field.addEventListener("input", () => {
      const text = regain.cleaned(field.value).text.trim();
      const found = text && listedFor(text, listed);
      result.dataset.listed = text ? (found ? "yes" : "no") : "";
      const words = found ? regain.text("lookup_listed", { title: found.title }) : regain.text("lookup_unlisted");
      result.textContent = text ? words : "";
      regain.announce(result.textContent);
    });
  });
})();
