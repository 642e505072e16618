/*
 * A static host for the tests: a folder of the built site → answers on loopback.
 *
 * It sends the headers of the site's own `_headers` file, and texts packed, so what is tested is what is published.
 * It knows no redirects and no cache; `regain serve` has tests of its own.
 */
import { createServer } from "node:http";
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { gzipSync } from "node:zlib";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".xml": "application/xml",
};

/** What a host reads itself and does not hand out. */
const FOR_THE_HOST = ["_headers", "_redirects"];

/** Serves the folder below `base`, for example "/sub/path/". */
export async function serve(folder, base = "/") {
  const files = await filesBelow(folder);
  const rules = headerRules(files.get("_headers")?.toString() ?? "");
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url, "http://localhost");
    const { status, file, location } = find(files, base, decodeURIComponent(pathname));
    const headers = { ...headersFor(rules, pathname), ...(location && { Location: location }) };
    if (file) headers["Content-Type"] = TYPES[path.extname(file)] ?? "application/octet-stream";
    const packed = file && path.extname(file) in TYPES && /\bgzip\b/.test(request.headers["accept-encoding"] ?? "");
    if (packed) headers["Content-Encoding"] = "gzip";
    const body = packed ? pack(files.get(file)) : files.get(file);
    response.writeHead(status, headers).end(request.method === "GET" ? body : undefined);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return {
    origin,
    files,
    base,
    address: (place) => origin + base + place,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
}

const packages = new WeakMap();

function pack(bytes) {
  if (!packages.has(bytes)) packages.set(bytes, gzipSync(bytes, { level: 9 }));
  return packages.get(bytes);
}

/** Every file of a folder: path with `/` → bytes. */
export async function filesBelow(folder) {
  const files = new Map();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const full = path.join(entry.parentPath ?? entry.path, entry.name);
    files.set(path.relative(folder, full).split(path.sep).join("/"), await readFile(full));
  }
  return files;
}

function find(files, base, pathname) {
  const missing = { status: 404, file: "404.html" };
  if (!pathname.startsWith(base)) return missing;
  const name = pathname.slice(base.length);
  const file = name === "" || name.endsWith("/") ? `${name}index.html` : name;
  if (files.has(file) && !FOR_THE_HOST.includes(file)) return { status: 200, file };
  if (files.has(`${name}/index.html`)) return { status: 301, location: `${pathname}/` };
  return missing;
}

/** `_headers`: a pattern at the start of a line, its headers indented below it. */
function headerRules(text) {
  const rules = [];
  for (const line of text.split("\n")) {
    if (/^\S/.test(line)) rules.push({ pattern: line.trim(), headers: {} });
    const header = /^\s+([\w-]+): (.+)$/.exec(line);
    if (header) rules.at(-1).headers[header[1]] = header[2];
  }
  return rules;
}

function headersFor(rules, pathname) {
  const fits = ({ pattern }) =>
    pattern.endsWith("*") ? pathname.startsWith(pattern.slice(0, -1)) : pathname === pattern;
  return Object.assign({}, ...rules.filter(fits).map((rule) => rule.headers));
}
