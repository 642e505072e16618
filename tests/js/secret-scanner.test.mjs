import assert from "node:assert/strict";
import { test } from "node:test";
import { load, plain, vectors } from "./load.mjs";

const regain = load("lib/invisible.js", "lib/cleaned.js", "lib/secret-scanner.js");
const { secrets } = vectors("page-data").data;
const { allowed, cases } = vectors("secrets");
const scanner = regain.scanner(secrets, allowed);

test("secrets are found and left out as the vectors say", () => {
  for (const one of cases) {
    const text = one.text.join("");
    const found = scanner.find(text, one.question).map(({ secret, certainty }) => [secret.id, certainty]);
    assert.deepEqual(plain(found), one.found, text);
    const options = { isPublic: one.audience !== "support", kept: one.kept ?? [] };
    assert.equal(scanner.clean(text, one.question, options), one.clean, text);
  }
});

test("a long paste is scanned quickly", () => {
  for (const unit of ["a", "0123456789abcdef", "pypi-", "a@", "-----BEGIN PRIVATE KEY", "password is a", "password is abc ", "a at ", "a dot ", "1 ", "+1 ", "2001:", "a://a:", "http://a?"]) {
    scanner.find(unit.repeat(50_000 / unit.length), "code");
  }
});

test("what the site says itself is not a secret", () => {
  const scanner = regain.scanner(secrets, ["for example a1b2c-3d4e5, or call +49 170 1234567", "help+team@example.net"]);
  const found = (text) => plain(scanner.find(text, "codes").map(({ start, end }) => text.slice(start, end)));
  assert.deepEqual(found("A1B2C-3D4E5."), []);
  assert.deepEqual(found("phone: +49 170 1234567"), []);
  assert.deepEqual(found("a1b2c-3d4e6"), ["a1b2c-3d4e6"]);
  /* Part of a longer word there. */
  assert.deepEqual(found("phone: +49 170 123456"), ["+49 170 123456"]);
});

test("a group inside another one is not a secret of its own", () => {
  const patterns = ["(AB ([0-9]{4}) CD)"];
  const kind = { id: "own", what: "a code", certainty: "guess", certain_from: 2, except: ["ab 0000 cd"], patterns };
  const scanner = regain.scanner({ ...secrets, kinds: [kind] });
  const found = (text) => plain(scanner.find(text).map(({ start, end, certainty }) => [text.slice(start, end), certainty]));
  assert.deepEqual(found("AB 1234 CD"), [["AB 1234 CD", "guess"]]);
  assert.deepEqual(found("AB 0000 CD"), []);
  assert.deepEqual(found("AB 1234 CD, AB 1235 CD"), [["AB 1234 CD", "certain"], ["AB 1235 CD", "certain"]]);
});

/* Pieces of secrets and what is between them, run together: the same texts every time. */
const PIECES = [
  "token", "password", "is", "was", "passphrase", "code", "2fa", "пароль", "パスワードは", "contraseña", "Passwort", "pypi-",
  "AgEIcHlwaS5vcmcCJDU2Nz", "aB3aB3aB3aB3aB3aB3aB3aB3aB3aB3aB3aB3", "ghp_", "npm_", "AKIA", "ABCDEFGH234567AB",
  "0123456789abcdef", "a1b2c3d4e5f60718", "badc0ffee0ddf00d", "a1b2", "a1b2c-3d4e5", "123456", "123 456", "4111111111111111",
  "DE89370400440532013000", "name@host.example", "support@help.example", "name (at) host dot org", "+49 170 1234567",
  "203.0.113.9", "IP is 10.0.0.1", "2001:db8::1", "https://host.example/reset/", "?token=", "otpauth://totp/x?secret=",
  "Cookie: session=", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.", "-----BEGIN PRIVATE KEY-----", "-----END PRIVATE KEY-----",
  "correct horse battery staple", "hunter2!", "commit", "fingerprint", "phone", "07700 900118", "passport X4RTBPFW4",
  "born 4 May 1979", "ｐａｓｓｗｏｒｄ：", "REDACTED", "-u name -p Lantern55", "sk-proj-aB3aB3aB3aB3aB3aB3aB3", "no-reply@host.example",
  "vk-live-abcd", "VK12", "/user/", "git@host:path", "3.11.4", "#123456",
];
const BETWEEN = [
  "", "", " ", " ", "\n", "\r\n", "  \n ", ": ", "=", "-", "/", ".", ",", "\"", "`", "(", ")", "?", "é", "😀", "復", "\t",
  "\u00ad", "\u200b", "\u200e", "\u202c", "\u2061", "\u2063", "\ufeff", "\u{e0041}", "\u0000", "\u007f",
];

function* texts(count) {
  let state = 1;
  const below = (limit) => (state = (state * 48_271) % 2_147_483_647) % limit;
  for (let made = 0; made < count; made += 1) {
    yield Array.from({ length: below(9) }, () => PIECES[below(PIECES.length)] + BETWEEN[below(BETWEEN.length)]).join("");
  }
}

test("nothing is left to find in a text without its secrets", () => {
  let finds = 0;
  for (const text of texts(1_000)) {
    const clean = scanner.clean(text, "Your 2FA code");
    assert.equal(scanner.clean(clean, "Your 2FA code"), clean, JSON.stringify(text));
    finds += scanner.find(text, "Your 2FA code").length;
  }
  assert.ok(finds > 500, String(finds));
});
