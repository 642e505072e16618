/* Contents list: marks the part being read, the last heading above a line a third down the window;
   at the end of the page the last one, which may be too short to reach that line. */
regain.start("data-toc", (toc) => {
  const links = new Map();
  for (const link of toc.querySelectorAll("a")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  let current = null;

  function follow() {
    let reading = null;
    const atEnd = scrollY > 0 && innerHeight + scrollY >= document.documentElement.scrollHeight - 2;
    const line = atEnd ? innerHeight : innerHeight / 3;
    for (const heading of links.keys()) {
      if (heading.getBoundingClientRect().top > line) break;
      reading = heading;
    }
    if (reading === current) return;
    links.get(current)?.removeAttribute("aria-current");
    links.get(reading)?.setAttribute("aria-current", "true");
    current = reading;
  }

  let waiting = false;
  function later() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      follow();
    });
  }
  addEventListener("scroll", later, { passive: true });
  addEventListener("resize", later, { passive: true });
  later();
});
