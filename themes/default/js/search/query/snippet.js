/*
 * A section's text and the words that matched → the passage that shows them best, cut into marked and plain parts.
 *
 * Comes in: text, a set of words and phrases. Goes out: [{ text, mark }]. It makes no HTML.
 */
(() => {
  "use strict";

  const { words } = regain.search;
  const LENGTH = 180;
  const LEAD = 50;

  /* Words of a phrase that is marked, at most. */
  const LONGEST = 5;

  /* All words asked for, and all phrases of several. */
  function asked(text, accepted) {
    const all = words(text);
    const plain = all.filter(({ part }) => part !== "joined");
    const found = all.filter(({ word }) => accepted.has(word));
    plain.forEach(({ word, start }, at) => {
      let phrase = word;
      for (const { word: next, end } of plain.slice(at + 1, at + LONGEST)) {
        phrase += " " + next;
        if (accepted.has(phrase)) found.push({ word: phrase, start, end });
      }
    });
    return found.sort((a, b) => a.start - b.start || a.end - b.end);
  }

  /* All matches of the text, overlapping ones merged. */
  function matches(text, accepted) {
    const found = [];
    for (const { word, start, end } of asked(text, accepted)) {
      const last = found[found.length - 1];
      if (last && start <= last.end) {
        last.end = Math.max(last.end, end);
        last.words.add(word);
      } else found.push({ start, end, words: new Set([word]) });
    }
    return found;
  }

  /* Where the window with the most different words begins; the first of equals. */
  function bestWindow(found) {
    let best = { at: 0, score: 0 };
    for (let first = 0; first < found.length; first++) {
      const different = new Set();
      let count = 0;
      for (let i = first; i < found.length && found[i].end - found[first].start <= LENGTH; i++) {
        found[i].words.forEach((word) => different.add(word));
        count++;
      }
      const score = different.size * 10 + Math.min(count, 9);
      if (score > best.score) best = { at: found[first].start, score };
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

  function excerpt(whole, accepted) {
    const text = whole.replace(/\s+/g, " ").trim();
    const found = matches(text, accepted);
    const focus = found.length ? bestWindow(found) : 0;
    const from = focus <= LEAD ? 0 : cutAt(text, focus - LEAD, 1);
    const to = cutAt(text, from + LENGTH + LEAD, -1);
    const parts = [];
    const push = (part, mark) => part && parts.push({ text: part, mark });
    push(from > 0 ? "… " : "", false);
    let at = from;
    for (const { start, end } of found) {
      if (start < at || end > to) continue;
      push(text.slice(at, start), false);
      push(text.slice(start, end), true);
      at = end;
    }
    push(text.slice(at, to), false);
    push(to < text.length ? " …" : "", false);
    return parts;
  }

  regain.search.excerpt = excerpt;
})();
