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
          let page = pages.get(posting.page);
          if (!page) pages.set(posting.page, (page = { values: none(), sections: new Map() }));
          const value = worth * posting.impact;
          if (value > page.values[at]) page.values[at] = value;
          for (const { section, strength } of posting.sections) {
            let held = page.sections.get(section);
            if (!held) page.sections.set(section, (held = { holds: none(), names: none() }));
            const hold = worth * HOLD[strength];
            if (hold > held.holds[at]) held.holds[at] = hold;
            if (strength >= HEADING && name > held.names[at]) held.names[at] = name;
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

  /* How much of the query a page has. */
  function coveredOf(values, concepts) {
    let covered = 0;
    for (let at = 0; at < values.length; at++) {
      const { importance } = concepts[at];
      const enough = importance * 100 * ENOUGH;
      covered += Math.floor((importance * Math.min(values[at], enough)) / enough);
    }
    return covered;
  }

  /* What the sections of a page have of the query: the best section, the most that one of them holds, and the most that a
     heading names with the title's help. */
  function bestOf(sections, concepts) {
    const title = sections.get(0)?.names ?? [];
    const best = { section: 0, value: 0, near: 0, named: 0 };
    for (const [section, { holds, names }] of sections) {
      let value = 0;
      let near = 0;
      let named = 0;
      for (let at = 0; at < holds.length; at++) {
        value += holds[at];
        if (holds[at]) near += concepts[at].importance;
        named += Math.max(names[at], title[at] ?? 0);
      }
      best.near = Math.max(best.near, near);
      best.named = Math.max(best.named, named);
      if (value > best.value || (value === best.value && section < best.section)) Object.assign(best, { section, value });
    }
    return best;
  }

  /* What is added to a score since the title names some of the query. A heading that names all of it, with the
     title's help or without, makes as good a page as one that is about all of it. */
  function named(score, best, title, several, total) {
    if (!several || best.named * 100 < total * ALL) return Math.floor((score * sum(title)) / total);
    return Math.floor((Math.max(score, total * 100 * ENOUGH) * 7) / 3) - score;
  }

  function score(number, { values, sections }, concepts, total) {
    const best = bestOf(sections, concepts);
    const covered = Math.floor((sum(values) * coveredOf(values, concepts)) / total);
    const together = Math.floor((covered * (2 * total + best.near)) / (3 * total));
    const bonus = named(together, best, sections.get(0)?.names ?? [], concepts.length > 1 && sections.size > 0, total);
    return { page: number, section: best.section, score: together + bonus };
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
