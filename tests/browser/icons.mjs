/*
 * Draws icons/apple-touch-icon.png and icons/favicon.ico of the default theme from its icons/favicon.svg.
 *
 *   node tests/browser/icons.mjs          after a change of the SVG
 *
 * Phones round the corners of an icon themselves, and show transparent ones as black, so that one fills its square.
 */
import { readFile, writeFile } from "node:fs/promises";
import { deflateSync, gzipSync } from "node:zlib";

import { launch } from "./browser.mjs";

const ICONS = new URL("../../themes/default/icons/", import.meta.url);

const svg = await readFile(new URL("favicon.svg", ICONS), "utf8");
const [, ground] = /<rect[^>]* fill="([^"]+)"/.exec(svg);
const browser = await launch();
const page = await browser.newPage();

/** The pixels of the icon, four bytes each. */
async function draw(size, background) {
  const address = `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  const pixels = await page.evaluate(
    async ([address, size, background]) => {
      const image = Object.assign(new Image(size, size), { src: address });
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: size, height: size }).getContext("2d");
      canvas.fillStyle = background;
      canvas.fillRect(0, 0, size, size);
      canvas.drawImage(image, 0, 0, size, size);
      return [...canvas.getImageData(0, 0, size, size).data];
    },
    [address, size, background],
  );
  return Buffer.from(pixels);
}

const numbers = (...all) => Buffer.from(Uint32Array.from(all).buffer).swap32();

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name), data]);
  // A gzip file ends with this checksum and the length.
  const checksum = gzipSync(body).readUInt32LE(gzipSync(body).length - 8);
  return Buffer.concat([numbers(data.length), body, numbers(checksum)]);
}

/* Smaller than the browser's own PNG: flat areas compress best without filters. */
function png(pixels, size) {
  const rows = Array.from({ length: size }, (_, row) => Buffer.concat([Buffer.of(0), pixels.subarray(row * size * 4, (row + 1) * size * 4)]));
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    chunk("IHDR", Buffer.concat([numbers(size, size), Buffer.of(8, 6, 0, 0, 0)])),
    chunk("IDAT", deflateSync(Buffer.concat(rows), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

/** One PNG in the frame of an ICO file. */
function ico(image, size) {
  const head = Buffer.alloc(22);
  head.writeUInt16LE(1, 2); // an icon
  head.writeUInt16LE(1, 4); // one image
  head.writeUInt8(size, 6);
  head.writeUInt8(size, 7);
  head.writeUInt16LE(1, 10); // color planes
  head.writeUInt16LE(32, 12); // bits per pixel
  head.writeUInt32LE(image.length, 14);
  head.writeUInt32LE(head.length, 18);
  return Buffer.concat([head, image]);
}

await writeFile(new URL("apple-touch-icon.png", ICONS), png(await draw(180, ground), 180));
await writeFile(new URL("favicon.ico", ICONS), ico(png(await draw(32, "transparent"), 32), 32));
await browser.close();
