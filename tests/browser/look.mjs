/*
 * What a page looks like to those who cannot see a test's assertions: axe, sideways scroll, sizes of targets, focus.
 * Each function takes a Playwright page and returns a plain list of what is wrong, empty when all is well.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Violations of WCAG 2.2 A and AA and of axe's best practice. */
export async function violations(page) {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(`${AXE};0`);
  return page.evaluate(async (values) => {
    // Two frames: the scripts have answered to a new width.
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const { violations } = await window.axe.run(document, { runOnly: { type: "tag", values }, resultTypes: ["violations"] });
    return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map((node) => node.html.slice(0, 160)).join(" | ")}`);
  }, RULES);
}

/** What makes the page scroll sideways; boxes that scroll by themselves may hold wide things. */
export function sideways(page) {
  return page.evaluate(() => {
    const wide = document.documentElement.scrollWidth;
    const room = document.documentElement.clientWidth;
    if (wide <= room) return [];
    const outside = [...document.body.querySelectorAll("*")].filter((node) => node.getBoundingClientRect().right > room + 0.5);
    return [`page is ${wide} px wide in ${room} px`, ...outside.slice(0, 5).map((node) => node.outerHTML.slice(0, 120))];
  });
}

/**
 * Controls and links of navigation less high than `least` px. A link within a sentence is as high as its line
 * (WCAG 2.5.8, "inline"); a box or radio counts with the label it stands in.
 */
export function smallTargets(page, least = 44) {
  return page.evaluate((least) => {
    const targets = document.querySelectorAll(
      "button, summary, input, select, textarea, nav a, header a:not(p a), .button, .page-list a, .choice-link, [data-search-result]",
    );
    return [...targets]
      .map((node) => (node.matches("[type=radio], [type=checkbox]") ? (node.closest("label") ?? node) : node))
      .filter((node) => node.checkVisibility() && !node.closest(".sr-only") && node.type !== "hidden")
      .map((node) => ({ node, height: node.getBoundingClientRect().height }))
      .filter(({ height }) => height > 0 && height < least - 0.5)
      .map(({ node, height }) => `${Math.round(height)} px: ${node.outerHTML.slice(0, 120)}`);
  }, least);
}

/** The element with focus: its name for a message, and whether its outline can be seen whole. */
export function focused(page) {
  return page.evaluate(() => {
    const node = document.activeElement;
    const style = getComputedStyle(node);
    const box = node.getBoundingClientRect();
    const [line] = node.getClientRects();
    const hit = line && document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2);
    const numbers = (color) => color.match(/[\d.]+/g).map(Number);
    let ground = node.parentElement ?? node;
    while (ground.parentElement && numbers(getComputedStyle(ground).backgroundColor)[3] === 0) ground = ground.parentElement;
    const light = (color) =>
      numbers(color)
        .slice(0, 3)
        .map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4))
        .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
    const [dark, bright] = [light(style.outlineColor), light(getComputedStyle(ground).backgroundColor)].sort((a, b) => a - b);
    return {
      tag: node.localName,
      id: node.id,
      name: (node.getAttribute("aria-label") || node.innerText || node.name || "").trim().slice(0, 60),
      outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
      offset: parseFloat(style.outlineOffset),
      contrast: (bright + 0.05) / (dark + 0.05),
      covered: Boolean(hit) && !hit.contains(node) && !node.contains(hit),
      onScreen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    };
  });
}
