/*
 * Ranks the pages that contain any term of a query, each with its best section.
 *
 * rank(terms) gives [{ page, section, score, parts }], best first. The parts add up to the score: `values` for each term,
 * minus `missing` and `scattered`, plus `title`. Whole numbers only, so that every engine gives the same order.
 */
(() => {
  "use strict";

  /* From this strength on, the heading contains the word. */
  const IN_HEADING = 2;
  /* Results with less than this fraction of the best score are noise. */
  const MIN_FRACTION = 40;
  const MAX_RESULTS = 60;
  /* A page with this impact covers a term completely, one with less in part. */
  const FULL_IMPACT = 24;
  /* A heading that contains this much of the query, in percent, contains all of it. */
  const WHOLE_QUERY = 95;

  /* The value from which on a page covers a term, or a query, of this importance. */
  const fullValue = (importance) => importance * 100 * FULL_IMPACT;

  /* Per page, the best value for each term; per section of it, the values and what its heading contains. Section 0 is the
     top of the page, its heading the title. */
  function collect(terms) {
    const pages = new Map();
    const zeros = () => new Array(terms.length).fill(0);
    terms.forEach(({ importance, expansions }, at) => {
      for (const { term, weight, rarity } of expansions) {
        const worth = weight * rarity;
        const headingValue = Math.min(Math.floor(worth / 100), importance);
        for (const { page: number, impact, sections } of term.postings) {
          let page = pages.get(number);
          if (!page) pages.set(number, (page = { values: zeros(), sections: new Map() }));
          if (worth * impact > page.values[at]) page.values[at] = worth * impact;
          for (const { section: place, strength } of sections) {
            let section = page.sections.get(place);
            if (!section) page.sections.set(place, (section = { values: zeros(), heading: zeros() }));
            /* The strength is 0 for a word that is once in the text, 1 for more often, 2 for the heading and 3 for both. */
            const value = worth * (3 + strength);
            if (value > section.values[at]) section.values[at] = value;
            if (strength >= IN_HEADING && headingValue > section.heading[at]) section.heading[at] = headingValue;
          }
        }
      }
    });
    return pages;
  }

  function sum(numbers) {
    let all = 0;
    for (const one of numbers) all += one;
    return all;
  }

  /* How much of the query a page covers. */
  function coverage(values, terms) {
    let covered = 0;
    for (let at = 0; at < values.length; at++) {
      const { importance } = terms[at];
      const full = fullValue(importance);
      covered += Math.floor((importance * Math.min(values[at], full)) / full);
    }
    return covered;
  }

  /* The best section, how much of the query one section covers at most, and how much a heading contains at most, together
     with the title. */
  function bestOf(sections, terms) {
    const title = sections.get(0)?.heading ?? [];
    const best = { section: 0, value: 0, covered: 0, heading: 0 };
    for (const [section, { values, heading }] of sections) {
      let value = 0;
      let covered = 0;
      let named = 0;
      for (let at = 0; at < values.length; at++) {
        value += values[at];
        if (values[at]) covered += terms[at].importance;
        named += Math.max(heading[at], title[at] ?? 0);
      }
      best.covered = Math.max(best.covered, covered);
      best.heading = Math.max(best.heading, named);
      if (value > best.value || (value === best.value && section < best.section)) Object.assign(best, { section, value });
    }
    return best;
  }

  function scorePage(page, { values, sections }, terms, total) {
    const best = bestOf(sections, terms);
    const all = sum(values);
    const covered = Math.floor((all * coverage(values, terms)) / total);
    const together = Math.floor((covered * (2 * total + best.covered)) / (3 * total));
    /* A heading that contains the whole query, together with the title, makes a page better than one that is entirely
       about the query. */
    const isWhole = terms.length > 1 && best.heading * 100 >= total * WHOLE_QUERY;
    const title = isWhole ? Math.floor((Math.max(together, fullValue(total)) * 7) / 3) - together : 0;
    const parts = { values, missing: all - covered, scattered: covered - together, title };
    return { page, section: best.section, score: together + title, parts };
  }

  function rank(terms) {
    const total = Math.max(1, sum(terms.map(({ importance }) => importance)));
    const results = [];
    for (const [number, page] of collect(terms)) results.push(scorePage(number, page, terms, total));
    results.sort((a, b) => b.score - a.score || a.page - b.page);
    const least = results.length ? results[0].score / MIN_FRACTION : 0;
    return results.filter(({ score }) => score >= least).slice(0, MAX_RESULTS);
  }

  Object.assign(regain.search, { rank, fullValue });
})();
