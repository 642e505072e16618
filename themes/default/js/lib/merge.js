/*
 * regain.merge: answers of two windows put together.
 *
 * In: the answers both last agreed on, those here and those there, by id. Out: { answers, conflicts }, where
 * conflicts names those that were changed in both and differ. Touches neither the page nor the storage.
 */
(() => {
  "use strict";

  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

  /* A change made in only one window is kept, even if the other window has emptied that answer. */
  function merge(agreed, here, there) {
    const ids = [...new Set([...Object.keys(here), ...Object.keys(there)])];
    const mine = (id) => !same(here[id], agreed[id]) && here[id] !== undefined;
    const theirs = (id) => !same(there[id], agreed[id]) && there[id] !== undefined;
    const conflicts = ids.filter((id) => mine(id) && theirs(id) && !same(here[id], there[id]));
    const chosen = ids.map((id) => [id, mine(id) || same(there[id], agreed[id]) ? here[id] : there[id]]);
    return { answers: Object.fromEntries(chosen.filter(([, answer]) => answer !== undefined)), conflicts };
  }

  window.regain.merge = merge;
})();
