/*
 * regain.afterFiling: what comes after "I've posted it" or "I've sent it".
 *
 * In: the day, and how many days each step usually takes. Out: the dates, and a calendar file made on this
 * page if the reader wants one. It holds no answer.
 */
(() => {
  "use strict";

  const DAY = 24 * 60 * 60 * 1000;
  const LINE = 75;

  /* A line of a calendar file goes on after a line break and a space. */
  function folded(line) {
    const bytes = (text) => new TextEncoder().encode(text).length;
    const lines = [""];
    for (const letter of line) {
      if (bytes(lines.at(-1) + letter) > LINE) lines.push(" ");
      lines[lines.length - 1] += letter;
    }
    return lines.join("\r\n");
  }

  const escaped = (text) => text.replace(/[\\;,]/g, "\\$&").replace(/\s+/g, " ").trim();
  const stamp = (date) => date.toISOString().replace(/[-:]|\.\d+/g, "");

  /* days: [[date, what happens]] */
  function calendar(name, days, now) {
    const events = days.flatMap(([date, text], at) => [
      "BEGIN:VEVENT",
      "UID:" + stamp(now) + "-" + at + "@" + name,
      "DTSTAMP:" + stamp(now),
      "DTSTART;VALUE=DATE:" + stamp(date).slice(0, 8),
      "SUMMARY:" + escaped(text),
      "END:VEVENT",
    ]);
    const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//regain//" + name + "//EN", ...events, "END:VCALENDAR"];
    return lines.map((line) => folded(line) + "\r\n").join("");
  }

  function save(name, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
    link.download = name + ".ics";
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), DAY);
  }

  function afterFiling(page) {
    const site = document.querySelector(".brand").textContent.trim();

    for (const section of page.root.querySelectorAll("[data-request]")) {
      const after = section.querySelector("[data-after]");
      if (!after) continue;
      const waits = [...after.querySelectorAll("[data-days]")];
      const whens = waits.map((wait) => wait.textContent);
      let days = [];

      /* Days as the reader's own calendar counts them, kept as midnights in UTC. */
      function show() {
        const now = new Date();
        const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
        days = waits.map((wait) => [new Date(today + wait.dataset.days * DAY), site + ": " + wait.nextElementSibling.textContent]);
        const named = new Intl.DateTimeFormat(document.documentElement.lang, { weekday: "long", day: "numeric", month: "long", timeZone: "UTC" });
        waits.forEach((wait, at) => (wait.textContent = whens[at] + " (" + named.format(days[at][0]) + ")"));
        after.hidden = false;
        after.querySelector("h3").focus();
        after.scrollIntoView({ block: "start" });
      }

      if (waits.length) {
        const button = page.part("calendar").firstElementChild;
        button.querySelector("button").addEventListener("click", () => save(section.dataset.request, calendar(section.dataset.request, days, new Date())));
        after.append(button);
      }
      after.hidden = true;
      section.querySelector("[data-filing]").hidden = false;
      section.querySelector("[data-filed]").addEventListener("click", show);
      regain.onClear(() => (after.hidden = true));
    }
  }

  regain.afterFiling = afterFiling;
})();
