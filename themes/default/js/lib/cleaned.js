/*
 * regain.cleaned, without: texts as the rules read them and as requests are written, with the offsets of the original.
 *
 * A cleaned text is NFKC and has one kind of space, one kind of line break and no characters that nobody sees.
 */
(() => {
  "use strict";

  /* Patterns are matched with no more characters than this: they may take long for long texts. */
  const LONGEST = 10_000;

  /* Control characters too, but not the tabs and line breaks that people type. */
  const HIDDEN = new RegExp("(?![\\t\\n\\r])[" + window.regain.INVISIBLE + "\\p{Cc}]", "gu");
  const CLUSTER = new RegExp("\\r\\n|[^][\\p{M}" + window.regain.INVISIBLE + "]*", "gu");

  function cleanedCluster(cluster) {
    if (/^[\r\n\u2028\u2029]/.test(cluster)) return "\n";
    const visible = cluster.replace(HIDDEN, "").replace(/[\t\p{Zs}]/gu, " ");
    const normal = visible.normalize("NFKC");
    /* A bare accent would become a space. */
    return normal[0] === " " && visible[0] !== " " ? visible : normal;
  }

  /* The original range of what is at a range now, from the original range of each unit. */
  const mapped = (text, starts, ends, length) => ({
    text,
    original: ({ start, end }) => ({ start: starts[start] ?? length, end: end > start ? ends[end - 1] : (starts[start] ?? length) }),
  });

  /* Whether there is nothing to clean. */
  const isPlain = (text) => /^[ -~\n]*$/.test(text);

  function cleaned(text) {
    if (isPlain(text)) return { text, original: (span) => span };
    const [parts, starts, ends] = [[], [], []];
    for (const { 0: cluster, index } of text.matchAll(CLUSTER)) {
      const part = cleanedCluster(cluster);
      parts.push(part);
      for (let at = 0; at < part.length; at += 1) {
        starts.push(index);
        ends.push(index + cluster.length);
      }
    }
    return mapped(parts.join(""), starts, ends, text.length);
  }

  /* What remains of a mapped text without matches, which are in order. */
  function without({ text, original }, matches) {
    const units = [];
    let from = 0;
    for (const { index, 0: gap } of [...matches, { index: text.length, 0: "" }]) {
      for (; from < index; from += 1) units.push(from);
      from = index + gap.length;
    }
    const ranges = units.map((at) => original({ start: at, end: at + 1 }));
    const end = original({ start: text.length, end: text.length }).start;
    return mapped(units.map((at) => text[at]).join(""), ranges.map(({ start }) => start), ranges.map((one) => one.end), end);
  }

  Object.assign(window.regain, { LONGEST, HIDDEN, isPlain, cleaned, without });
})();
