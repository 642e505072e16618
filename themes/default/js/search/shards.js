/*
 * Where the pieces of the search index arrive: each is a script that calls regain.search.add.
 * It must stand before any of them runs, so it is part of the script on every page.
 */
(() => {
  "use strict";
  const pieces = new Map();
  regain.search = { pieces, add: (id, payload) => pieces.set(id, payload) };
})();
