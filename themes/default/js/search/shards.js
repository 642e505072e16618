/*
 * Where the shards of the search index arrive: each is a script that calls regain.search.add(id, content).
 * Part of the script on every page, because it has to run before any of them.
 */
(() => {
  "use strict";
  const shards = new Map();
  regain.search = { shards, add: (id, content) => shards.set(id, content) };
})();
