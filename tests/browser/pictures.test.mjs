// The guides' drawings: legible on the smallest phone, and in the scheme the reader has.
import assert from "node:assert/strict";
import { constants, inflateSync } from "node:zlib";

import { story } from "./harness.mjs";
import { pages } from "./site.mjs";

/** The size the drawings' text is written at, and the least that small text may have (reader's pixels). */
const WRITTEN = 17;
const LEAST = 14;

const withPictures = async () => (await pages()).filter((page) => /<img [^>]*\.svg"/.test(page.html));

/** How light the ground of a drawing is, 0 to 255: one pixel just inside its rounded corner. */
async function ground(page, box) {
  const png = await page.screenshot({ clip: { x: box.x + 4, y: box.y + 4, width: 1, height: 1 } });
  const start = png.indexOf("IDAT");
  // The data may go on in a further chunk; its first bytes are enough.
  const chunk = png.subarray(start + 4, start + 4 + png.readUInt32BE(start - 4));
  const data = inflateSync(chunk, { finishFlush: constants.Z_SYNC_FLUSH });
  // One row: a filter byte, then red, green, blue.
  return (data[1] + data[2] + data[3]) / 3;
}

for (const width of [320, 1280]) {
  for (const scheme of ["light", "dark"]) {
    story(`diagrams are readable at ${width} px in ${scheme}, whatever the system's scheme`, { width, scheme }, async ({ page, go }) => {
      const found = await withPictures();
      assert.ok(found.length >= 3, "the guides have drawings");
      for (const { place } of found) {
        await go(place);
        const picture = page.locator('main img[src$=".svg"]').first();
        await picture.scrollIntoViewIfNeeded();
        const size = await picture.evaluate(async (img) => {
          await img.decode();
          return { shown: img.clientWidth, own: img.naturalWidth, said: Number(img.getAttribute("width")) };
        });
        assert.equal(size.said, size.own, `${place}: the page names the drawing's own width`);
        assert.ok((WRITTEN * size.shown) / size.own >= LEAST, `${place}: its text is too small`);
        const other = scheme === "light" ? "dark" : "light";
        for (const chosen of [scheme, other]) {
          await page.evaluate((choice) => (document.documentElement.dataset.scheme = choice), chosen);
          const light = await ground(page, await picture.boundingBox());
          assert.ok(chosen === "dark" ? light < 60 : light > 200, `${place}: ${light} in ${chosen}`);
        }
      }
    });
  }
}
