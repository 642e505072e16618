/* The best pages for a query. */
(() => {
  "use strict";

  function rank(terms) {
    return terms.sort(byPage);
  }

  regain.search.rank = rank;
})();
