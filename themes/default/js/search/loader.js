/*
 * Brings the pieces of the index into the page: scripts whose names are made from their digests.
 *
 * A digest is what the head, or a shelf it names, says; anything else is never asked for.
 */
(() => {
  "use strict";

  const { pieces, engine } = regain.search;

  /* "assets/search/terms.1a2b3c4d5e.js": the first five bytes of the digest, in hex. */
  function fileName(kind, digest) {
    const bytes = atob(digest.slice(0, 8)).slice(0, 5);
    const hex = Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0"));
    return kind + "." + hex.join("") + ".js";
  }

  let connected = null;

  /* The engine, once the head is there. */
  function connect() {
    if (connected) return connected;
    const folder = document.body.dataset.searchSrc.replace(/[^/]*$/, "");
    async function load(id, kind, digest) {
      if (!pieces.has(id)) await regain.load(folder + fileName(kind, digest), "sha256-" + digest + "=");
      if (!pieces.has(id)) throw new Error("a search piece is not what its name says: " + id);
      return pieces.get(id);
    }
    connected = engine(pieces.get("head"), load, (id) => pieces.has(id));
    return connected;
  }

  regain.search.connect = connect;
})();
