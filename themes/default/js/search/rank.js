/*
 * Concepts → pages in the order of how likely they are meant, each with its best section.
 *
 * Comes in: what concepts.js made. Goes out: [{ page, section, score }]. Whole numbers only, so that
 * src/search/rank.rs comes to the same order on every machine.
 */
(() => {
  "use strict";

  /* What a section's hold on a word counts: once in the text, more often, in its heading, in both. */
  const HOLD = [6, 8, 10, 12];
  /* From here on its heading holds it. */
  const HEADING = 2;
  /* Results weaker than this share of the best are noise. */
  const WEAKEST = 40;
  const MOST_RESULTS = 60;
  /* A page this much about a concept has all of it; with less it has it in part. */
  const ENOUGH = 24;
  /* A heading with so many hundredths of the query names all of it. */
  const ALL = 95;

  /* Per page, per concept: the best value, and what each section holds and names in its heading (the first, the title). */
  function collect(concepts) {
    const pages = new Map();
    const none = () => new Array(concepts.length).fill(0);
    concepts.forEach((concept, at) => {
      for (const { term, weight, rarity } of concept.variants) {
        const worth = weight * rarity;
        const name = Math.min(Math.floor(worth / 100), concept.importance);
        for (const posting of term.pages) {
          if (!pages.has(posting.page)) pages.set(posting.page, { values: none(), sections: new Map() });
          const page = pages.get(posting.page);
          page.values[at] = Math.max(page.values[at], worth * posting.impact);
          for (const { section, strength } of posting.sections) {
            if (!page.sections.has(section)) page.sections.set(section, { holds: none(), names: none() });
            const { holds, names } = page.sections.get(section);
            holds[at] = Math.max(holds[at], worth * HOLD[strength]);
            if (strength >= HEADING) names[at] = Math.max(names[at], name);
          }
        }
      }
    });
    return pages;
  }

  const sum = (numbers) => numbers.reduce((all, one) => all + one, 0);

  /* How much of the query a page has. */
  function coveredOf(values, concepts) {
    const parts = concepts.map(({ importance }, at) => {
      const enough = importance * 100 * ENOUGH;
      return Math.floor((importance * Math.min(values[at], enough)) / enough);
    });
    return sum(parts);
  }

  /* What is added to a score since the title names some of the query. A heading that names all of it, with the
     title's help or without, makes as good a page as one that is about all of it. */
  function named(score, sections, total) {
    const title = sections.get(0)?.names ?? [];
    let most = 0;
    let several = false;
    for (const { names } of sections.values()) {
      most = Math.max(most, sum(names.map((name, at) => Math.max(name, title[at] ?? 0))));
      several = names.length > 1;
    }
    if (!several || most * 100 < total * ALL) return Math.floor((score * sum(title)) / total);
    return Math.floor((Math.max(score, total * 100 * ENOUGH) * 7) / 3) - score;
  }

  function score(number, { values, sections }, concepts, total) {
    const weigh = (holds) => sum(concepts.map((concept, at) => (holds[at] ? concept.importance : 0)));
    let near = 0;
    let best = { section: 0, value: 0 };
    for (const section of [...sections.keys()].sort((a, b) => a - b)) {
      const { holds } = sections.get(section);
      near = Math.max(near, weigh(holds));
      const value = sum(holds);
      if (value > best.value) best = { section, value };
    }
    const covered = Math.floor((sum(values) * coveredOf(values, concepts)) / total);
    const together = Math.floor((covered * (2 * total + near)) / (3 * total));
    return { page: number, section: best.section, score: together + named(together, sections, total) };
  }

  function rank(concepts) {
    const total = Math.max(1, sum(concepts.map((concept) => concept.importance)));
    const results = [];
    for (const [number, page] of collect(concepts)) results.push(score(number, page, concepts, total));
    results.sort((a, b) => b.score - a.score || a.page - b.page);
    const least = results.length ? results[0].score / WEAKEST : 0;
    return results.filter((result) => result.score >= least).slice(0, MOST_RESULTS);
  }

  regain.search.rank = rank;
})();
