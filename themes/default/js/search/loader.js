/*
 * Loads the shards of the index as scripts.
 *
 * A shard's file name is made from its digest, which the index head or a shard index gives. Nothing else is ever loaded.
 */
(() => {
  "use strict";

  const { shards, engine } = regain.search;

  /* "assets/search/terms.1a2b3c4d5e.js": the first five bytes of the digest in hexadecimal. */
  function fileName(kind, digest) {
    const bytes = atob(digest.slice(0, 8)).slice(0, 5);
    const hex = Array.from(bytes, (byte) => byte.charCodeAt(0).toString(16).padStart(2, "0"));
    return kind + "." + hex.join("") + ".js";
  }

  let connected = null;

  /* The engine over the site's index, whose head must have been loaded. */
  function connect() {
    if (connected) return connected;
    const folder = document.body.dataset.searchSrc.replace(/[^/]*$/, "");
    async function load(id, kind, digest) {
      if (!shards.has(id)) await regain.load(folder + fileName(kind, digest), "sha256-" + digest + "=");
      if (!shards.has(id)) throw new Error("not the shard its name says: " + id);
      return shards.get(id);
    }
    connected = engine(shards.get("head"), load, (id) => shards.has(id));
    return connected;
  }

  regain.search.connect = connect;
})();
