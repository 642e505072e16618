/*
 * Cuts a section's text down to the passage that shows best why it was found.
 *
 * snippet(text, accepted, joins) takes the matching words and phrases as a set, and whether the language writes compounds as
 * one word. It gives [{ text, mark }] and makes no HTML.
 */
(() => {
  "use strict";

  const { tokenize } = regain.search;

  const LENGTH = 180;
  const LEAD = 50;
  /* The most words of a phrase that is marked. */
  const MAX_PHRASE = 5;
  /* The letters of a compound and of each of its parts, at least. src/search/index/language.rs splits them likewise. */
  const MIN_COMPOUND = 8;
  const MIN_PART = 4;

  /* The longest matching words that a compound starts and ends with. */
  function partsOf({ word, start, end }, accepted) {
    if (word.length < MIN_COMPOUND || accepted.has(word)) return [];
    const isPart = (one) => one.length >= MIN_PART && one.length <= word.length - MIN_PART;
    const longest = (side) => [...accepted].filter((one) => isPart(one) && word[side](one)).sort((a, b) => b.length - a.length)[0];
    const [first, last] = [longest("startsWith"), longest("endsWith")];
    /* Folding may have changed the number of letters. */
    if (word.length !== end - start) return first || last ? [{ word: first ?? last, start, end }] : [];
    return [
      ...(first ? [{ word: first, start, end: start + first.length }] : []),
      ...(last ? [{ word: last, start: end - last.length, end }] : []),
    ];
  }

  function matchesOf(text, accepted, joins) {
    const tokens = tokenize(text);
    const plain = tokens.filter(({ kind }) => kind !== "compound");
    const found = tokens.filter(({ word }) => accepted.has(word));
    if (joins) found.push(...plain.flatMap((token) => partsOf(token, accepted)));
    plain.forEach(({ word, start }, at) => {
      let phrase = word;
      for (const { word: next, end } of plain.slice(at + 1, at + MAX_PHRASE)) {
        phrase += " " + next;
        if (accepted.has(phrase)) found.push({ word: phrase, start, end });
      }
    });
    return found.sort((a, b) => a.start - b.start || a.end - b.end);
  }

  /* Overlapping matches become one. */
  function merge(matches) {
    const merged = [];
    for (const { word, start, end } of matches) {
      const last = merged[merged.length - 1];
      if (last && start <= last.end) {
        last.end = Math.max(last.end, end);
        last.words.add(word);
      } else merged.push({ start, end, words: new Set([word]) });
    }
    return merged;
  }

  /* Where the passage with the most different words starts. */
  function bestStart(matches) {
    let best = { at: 0, score: 0 };
    for (let first = 0; first < matches.length; first++) {
      const different = new Set();
      let count = 0;
      for (let i = first; i < matches.length && matches[i].end - matches[first].start <= LENGTH; i++) {
        matches[i].words.forEach((word) => different.add(word));
        count++;
      }
      const score = different.size * 10 + Math.min(count, 9);
      if (score > best.score) best = { at: matches[first].start, score };
    }
    return best.at;
  }

  /* Moves a cut to the nearest space, so that no word is broken. */
  function cutAt(text, at, step) {
    if (at <= 0) return 0;
    if (at >= text.length) return text.length;
    for (let i = at; Math.abs(i - at) < 24 && i > 0 && i < text.length; i += step) {
      if (/\s/.test(text[i])) return step < 0 ? i + 1 : i;
    }
    return at;
  }

  function snippet(whole, accepted, joins) {
    const text = whole.replace(/\s+/g, " ").trim();
    const matches = merge(matchesOf(text, accepted, joins));
    const focus = bestStart(matches);
    const from = focus <= LEAD ? 0 : cutAt(text, focus - LEAD, 1);
    const to = cutAt(text, from + LENGTH + LEAD, -1);
    const parts = [];
    const push = (part, mark) => part && parts.push({ text: part, mark });
    push(from > 0 ? "… " : "", false);
    let at = from;
    for (const { start, end } of matches) {
      if (start < at || end > to) continue;
      push(text.slice(at, start), false);
      push(text.slice(start, end), true);
      at = end;
    }
    push(text.slice(at, to), false);
    push(to < text.length ? " …" : "", false);
    return parts;
  }

  regain.search.snippet = snippet;
})();
