/*
 * regain.harmless: an answer as it may stand in an issue, as src/recovery/harmless.rs does.
 *
 * Comes in: a typed answer without secrets. Goes out: the same words, and nothing in them that calls people, links
 * issues, begins a heading, a comment or a tag, or leaves a code block open. tests/vectors/request.json holds it and
 * Rust together.
 */
(() => {
  "use strict";

  const isFence = (line) => /^\s*(?:```|~~~)/.test(line);
  const CALL = /(?<![\p{L}\p{N}])(?:@(?![-/])[A-Za-z0-9/-]+|#[0-9]+)/gu;

  const plain = (text) => text.replace(/<(?=[A-Za-z!/?])/g, "\\<").replace(CALL, "`$&`");

  /* Pieces between backticks stay; a backtick without its other half is made plain. */
  function words(line) {
    const pieces = line.split("`");
    return pieces
      .map((piece, at) => {
        const code = at % 2 === 1 && at + 1 < pieces.length;
        const lone = at % 2 === 1 && !code;
        return (lone ? "\\" : "") + (at ? "`" : "") + (code ? piece : plain(piece));
      })
      .join("");
  }

  function harmlessLine(line) {
    const [, indent, start] = line.match(/^(\s*)(.*)$/su);
    const marks = isFence(line) || /^#(?![0-9])/.test(start) || /^(?:={2,}|-{2,})\s*$/.test(start);
    return indent + (marks ? "\\" : "") + words(start);
  }

  function harmless(text) {
    const lines = text.split("\n");
    const fences = lines.filter(isFence).length;
    let left = fences - (fences % 2);
    let inside = false;
    return lines
      .map((line) => {
        if (isFence(line) && left > 0) {
          left -= 1;
          inside = !inside;
          return line;
        }
        return inside ? line : harmlessLine(line);
      })
      .join("\n");
  }

  const inCode = (text) => text.replaceAll("`", "'").replaceAll("\n", " ");

  window.regain.harmless = harmless;
  window.regain.inCode = inCode;
})();
