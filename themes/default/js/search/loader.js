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

  /* An engine over the index whose head was loaded last. It takes each shard from `shards` as soon as it arrives, because
     those of a newer index have the same ids. */
  function connect() {
    const own = new Map(shards);
    shards.clear();
    async function load(id, kind, digest) {
      if (!own.has(id)) {
        await regain.load(document.body.dataset.root + "assets/search/" + fileName(kind, digest), "sha256-" + digest + "=");
        if (!shards.has(id)) throw new Error("not the shard its name says: " + id);
        own.set(id, shards.get(id));
        shards.delete(id);
      }
      return own.get(id);
    }
    return engine(own.get("head"), load, (id) => own.has(id));
  }

  regain.search.connect = connect;
})();
