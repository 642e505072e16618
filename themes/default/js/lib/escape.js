/*
 * regain.escape and regain.escapeInCode: a typed answer as Markdown that shows what the reader wrote and does nothing else.
 *
 * A tracker would notify people and link issues that an answer mentions, and take some of its lines for headings,
 * comments or tags. Mentions go into backticks, other marks get a backslash, and a code block left open is not opened.
 */
(() => {
  "use strict";

  const isFence = (line) => /^\s*(?:```|~~~)/.test(line);
  const MENTION = /(?<![\p{L}\p{N}])(?:@(?![-/])[A-Za-z0-9/-]+|#[0-9]+)/gu;

  const escapeText = (text) => text.replace(/<(?=[A-Za-z!/?])/g, "\\<").replace(MENTION, "`$&`");

  /* What is already between backticks stays; a backtick without its other half is escaped. */
  function escapeWords(line) {
    const parts = line.split("`");
    return parts
      .map((part, at) => {
        const isCode = at % 2 === 1 && at + 1 < parts.length;
        const isUnpaired = at % 2 === 1 && !isCode;
        return (isUnpaired ? "\\" : "") + (at ? "`" : "") + (isCode ? part : escapeText(part));
      })
      .join("");
  }

  function escapeLine(line) {
    const [, indent, rest] = line.match(/^(\s*)(.*)$/su);
    const isMark = isFence(line) || /^#(?![0-9])/.test(rest) || /^(?:={2,}|-{2,})\s*$/.test(rest);
    return indent + (isMark ? "\\" : "") + escapeWords(rest);
  }

  function escape(text) {
    const lines = text.split("\n");
    const fences = lines.filter(isFence).length;
    let left = fences - (fences % 2);
    let isOpen = false;
    return lines
      .map((line) => {
        if (isFence(line) && left > 0) {
          left -= 1;
          isOpen = !isOpen;
          return line;
        }
        return isOpen ? line : escapeLine(line);
      })
      .join("\n");
  }

  /* For an answer that the request puts between backticks. */
  const escapeInCode = (text) => text.replaceAll("`", "'").replaceAll("\n", " ");

  Object.assign(window.regain, { escape, escapeInCode });
})();
