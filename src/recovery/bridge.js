/* Connects the scripts of the checklist page with the program. Evaluated after them; data comes and goes as JSON. */
var bridge = (() => {
  "use strict";

  let scanner;

  /* The rules that find() uses. */
  function setRules(rules, said) {
    scanner = regain.scanner(JSON.parse(rules), JSON.parse(said));
    return "null";
  }

  const find = (text, question) =>
    JSON.stringify(
      scanner.find(text, question).map(({ secret, certainty, ...span }) => ({ kind: secret.id, what: secret.what, certainty, span })),
    );

  /* For what has nothing to do with secrets. */
  const checklist = (data) => regain.checklist({ ...JSON.parse(data), secrets: { kinds: [], names: {}, harmless_values: "" } });

  /* All requests before anything is answered. */
  function blank(data) {
    const list = checklist(data);
    return JSON.stringify(list.data.requests.map((request) => list.whole(request, list.compose(request, { answers: {} }))));
  }

  /* Why answers, [[detail, text]], are invalid. A pattern that does not compile is reported by the checks. */
  function invalid(data, answers) {
    const list = checklist(data);
    const problem = ([id, text]) => {
      try {
        return list.invalid(list.byId.get(id), text);
      } catch {
        return null;
      }
    };
    return JSON.stringify(JSON.parse(answers).map(problem));
  }

  function review(data, requestId, text) {
    const list = regain.checklist(JSON.parse(data));
    const request = list.data.requests.find(({ id }) => id === requestId);
    const findings = regain.reviewSubmitted(list, request, text);
    return JSON.stringify(
      findings.map(({ detail, secret, start, end, ...finding }) => ({
        ...finding,
        detail: detail?.id,
        secret: secret?.what,
        span: { start, end },
      })),
    );
  }

  return { setRules, find, blank, invalid, review };
})();
