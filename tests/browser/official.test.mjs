// "Is this address listed?": lookalikes are not, and nothing pasted leaves the page.
import assert from "node:assert/strict";

import { story } from "./harness.mjs";
import { violations } from "./look.mjs";

story("the page looks up an address and rejects a lookalike", { width: 390 }, async ({ page, go, watch }) => {
  await go("official/");
  assert.deepEqual(await violations(page), []);
  const entry = (key) =>
    page.locator(`[id="${key}"]`).evaluate((one) => ({ href: one.querySelector("a").href, title: one.querySelector("dt").textContent }));
  const [home, signIn, tracker, sender] = await Promise.all(["pypi", "sign-in", "support-tracker", "automatic-mail"].map(entry));
  const { host } = new URL(home.href);
  const mail = sender.href.replace("mailto:", "");
  const listed = [
    [signIn.href, signIn],
    [signIn.href.replace("https://", "").replace(/\/$/, ""), signIn],
    [`${home.href}account/verify-email/?token=abc`, home],
    [`${tracker.href}/123`, tracker],
    [`Someone <${mail}>`, sender],
    [`mailto:${mail.toUpperCase()}`, sender],
  ];
  const unlisted = [
    `https://${host}.example/account/login/`,
    `https://${host}@evil.example/`,
    signIn.href.replace("https:", "http:"),
    signIn.href.replace(host, host.replace("p", "\u0440")),
    `${tracker.href}-more`,
    tracker.href.replace(/\.com\/[^/]+/, ".com/someone"),
    `${mail}.example`,
    `"${mail}" <someone@mail.example>`,
    "javascript:alert(1)",
  ];
  const field = page.getByLabel("Is this address listed?");
  const result = page.locator("[data-lookup-result]");
  const asked = watch.requests.length;
  for (const [address, { title }] of listed) {
    await field.fill(address);
    assert.equal(await result.innerText(), `Listed: ${title}.`, address);
  }
  for (const address of unlisted) {
    await field.fill(address);
    assert.match(await result.innerText(), /^Not listed\./, address);
  }
  await field.fill("");
  assert.equal(await result.innerText(), "");
  assert.equal(watch.requests.length, asked);
});
