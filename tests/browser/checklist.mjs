/*
 * The checklist page as a reader uses it. Fields are found by their names, the ids of content/checklist.toml, so that
 * a better wording there breaks no test.
 */

/** Answers to every detail of the bundled checklist, all invented, and the request they make. */
export const ANSWERS = {
  searched: true,
  username: "sample-user",
  site: "pypi",
  lost: ["second-factor", "password"],
  works: ["inbox"],
  "codes-state": "lost",
  "what-happened": "My phone broke in March.\nI looked through my backups.",
  push: "me",
  "push-account": "sample-user on GitHub",
  projects: "sample-project\nother-sample",
  repository: "https://git.example/sample-user/sample-project",
  reach: "account",
};

export const REQUEST = `### PyPI Username

\`sample-user\`

### Reason for request

Lost 2FA authentication app or security token, Lost password
What happened: My phone broke in March.
I looked through my backups.
What still works: the account's mailbox.
Recovery codes: I can't find any.
Site: PyPI only.
Projects on the account: sample-project, other-sample
Public repository: https://git.example/sample-user/sample-project
Proof: I can push a branch to it.
I'll push from: sample-user on GitHub
Email: I can read email at the account's address, and I'll write from it.

### Recovery Codes

- [ ] I never generated or have lost access to the recovery codes for my account

### Code of Conduct

- [ ] I agree to follow the PSF Code of Conduct

### Acknowledgement

- [ ] I understand that it may take a significant amount of time to process my account recovery request.`;

/** Names of the details that take free text. */
export const FREE_TEXT = ["username", "what-happened", "projects", "repository", "push-account"];

export const control = (page, name) => page.locator(`[name="${name}"]`);
export const field = (page, name) => page.locator(`[data-field="${name}"]`);
export const request = (page) => page.locator("[data-request-output]").textContent();
export const status = (page) => page.locator("[data-status]");
export const progress = (page) => page.locator("[data-progress]").textContent();

/** Opens what may stay empty. */
export const openOptional = (page) => page.locator("[data-optional]").evaluateAll((all) => all.forEach((one) => (one.open = true)));

/** Opens the whole text of a request whose fields are copied one by one, and copies it. */
export async function copyWhole(page) {
  await page.locator("[data-request]:visible [data-request-whole]").evaluate((details) => (details.open = true));
  await page.getByRole("button", { name: "Copy the whole request" }).click();
}

/** Answers one detail the way its control takes it. */
export async function answer(page, name, value) {
  await openOptional(page);
  const first = control(page, name).first();
  if (value === true) return first.check();
  if (!["radio", "checkbox"].includes(await first.getAttribute("type"))) return first.fill(value);
  for (const one of [value].flat()) await page.locator(`[name="${name}"][value="${one}"]`).check();
}

/** Answers these details, all of them unless told otherwise. */
export async function fill(page, answers = ANSWERS) {
  for (const [name, value] of Object.entries(answers)) await answer(page, name, value);
}

/** What the clipboard holds, pasted the way a reader would. */
export async function pasted(context) {
  const page = await context.newPage();
  await page.setContent("<textarea></textarea>");
  await page.focus("textarea");
  await page.keyboard.press("Control+V");
  const text = await page.inputValue("textarea");
  await page.close();
  return text;
}

/** Waits until the status region says something that fits, and gives it. */
export async function said(page, pattern) {
  await status(page).filter({ hasText: pattern }).waitFor({ state: "attached" });
  return status(page).textContent();
}
