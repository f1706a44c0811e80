import { randomUUID } from "node:crypto";
import type { Browser, Page } from "@playwright/test";
import { ADMIN, expect, test } from "@/tests/support/e2e";

const PASSWORD = "a saucer full of secrets";
const newMail = () => `${randomUUID()}@example.org`;

async function makeProject(page: Page): Promise<string> {
  const answer = await page.request.post("/api/trpc/project.create", {
    headers: { origin: new URL(page.url()).origin },
    data: { json: { name: `People ${randomUUID().slice(0, 8)}` } },
  });
  return (await answer.json()).result.data.json.slug;
}

async function invite(page: Page, slug: string, role: string): Promise<string> {
  await page.goto(`/p/${slug}/members`);
  await page.getByRole("button", { name: "Invite" }).click();
  await page.getByLabel("Role", { exact: true }).selectOption({ label: role });
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByLabel("Invitation link").inputValue();
  await page.getByRole("button", { name: "Done" }).click();
  return link;
}

async function join(page: Page, link: string, mail: string, name = "Edda Expert") {
  await page.goto(link);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Mail").fill(mail);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Create account" }).click();
}

async function signIn(page: Page, mail: string, password: string) {
  await page.goto("/sign-in");
  await page.getByLabel("Mail").fill(mail);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

const openBrowser = async (browser: Browser) =>
  (await browser.newContext({ storageState: { cookies: [], origins: [] } })).newPage();

test("a stranger is sent to the door, and from there back to the page they came for", async ({
  stranger,
}) => {
  await stranger.goto("/settings/people?from=mail");
  await expect(stranger.getByRole("heading", { name: "Sign in" })).toBeVisible();

  await stranger.getByLabel("Mail").fill(ADMIN.mail);
  await stranger.getByLabel("Password").fill(ADMIN.password);
  await stranger.getByRole("button", { name: "Sign in" }).click();

  await expect(stranger).toHaveURL("/settings/people?from=mail");
  await expect(
    stranger.getByRole("heading", { name: /have? an account|has an account/ }),
  ).toBeVisible();
});

test("a wrong password says so, and a right one after it works", async ({ stranger }) => {
  await signIn(stranger, ADMIN.mail, "not the password at all");
  await expect(stranger.getByRole("alert").filter({ hasText: "do not fit" })).toBeVisible();

  await stranger.getByLabel("Password").fill(ADMIN.password);
  await stranger.getByRole("button", { name: "Sign in" }).click();
  await expect(stranger).toHaveURL("/");
});

test("an invited expert joins, sees only what is to be rated, and signs out", async ({
  page,
  stranger,
}) => {
  await page.goto("/");
  const slug = await makeProject(page);
  const link = await invite(page, slug, "Expert");
  await expect(page.getByRole("table", { name: "Open invitations" })).toContainText("Expert");
  const mail = newMail();

  await join(stranger, link, mail);
  await expect(stranger).toHaveURL("/rate");
  for (const lab of [`/p/${slug}`, `/p/${slug}/rating/adjudication`]) {
    await stranger.goto(lab);
    await expect(stranger).toHaveURL("/rate");
  }
  const refused = await stranger.request.get(
    `/api/trpc/mining.listPairs?input=${encodeURIComponent(JSON.stringify({ json: { project: slug } }))}`,
  );
  expect(refused.status()).toBe(403);

  await page.reload();
  await expect(page.getByRole("table", { name: "Members" })).toContainText(mail);
  await stranger.goto(link);
  await expect(stranger.getByRole("heading")).toContainText("does not work any more");

  await stranger.goto("/settings/account");
  await stranger.getByRole("button", { name: /account and theme/ }).click();
  await stranger.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(stranger).toHaveURL("/sign-in");
  await stranger.goto("/rate");
  await expect(stranger).toHaveURL(/\/sign-in/);
});

test("a changed password ends the session in the other browser and not in this one", async ({
  page,
  stranger,
  browser,
}) => {
  await page.goto("/");
  const mail = newMail();
  await join(stranger, await invite(page, await makeProject(page), "Expert"), mail);
  await expect(stranger).toHaveURL("/rate");
  const elsewhere = await openBrowser(browser);
  await signIn(elsewhere, mail, PASSWORD);
  await expect(elsewhere).not.toHaveURL(/sign-in/);

  await stranger.goto("/settings/account");
  await stranger.getByLabel("Current password").fill(PASSWORD);
  await stranger.getByLabel("New password").fill("a new and longer secret");
  await stranger.getByRole("button", { name: "Change password" }).click();
  await expect(
    stranger.getByText("Password changed; other browsers are signed out").first(),
  ).toBeVisible();

  await stranger.reload();
  await expect(stranger.getByRole("heading", { name: "Edda Expert" })).toBeVisible();
  await elsewhere.goto("/settings/account");
  await expect(elsewhere.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await elsewhere.context().close();
});

test("a role changed by the owner counts at once", async ({ page, stranger }) => {
  await page.goto("/");
  const slug = await makeProject(page);
  const mail = newMail();
  await join(stranger, await invite(page, slug, "Expert"), mail);
  await expect(stranger).toHaveURL("/rate");

  // Streamed in, the table stands twice for a moment.
  await page.reload({ waitUntil: "networkidle" });
  await page.getByLabel("Role of Edda Expert").selectOption({ label: "Researcher" });
  await expect(page.getByText("Edda Expert: researcher").first()).toBeVisible();

  await stranger.goto("/settings/account");
  await expect(stranger.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await signIn(stranger, mail, PASSWORD);
  await expect(stranger).not.toHaveURL(/sign-in/);
  await stranger.goto(`/p/${slug}`);
  await expect(stranger).toHaveURL(`/p/${slug}`);
});

test("an admin's reset link sets a new password once", async ({ page, stranger }) => {
  await page.goto("/");
  const mail = newMail();
  await join(stranger, await invite(page, await makeProject(page), "Expert"), mail, "Rosa Reset");
  await expect(stranger).toHaveURL("/rate");

  await page.goto("/settings/people");
  const row = page.getByRole("row").filter({ hasText: mail });
  await row.getByRole("button", { name: "Actions for Rosa Reset" }).click();
  await page.getByRole("menuitem", { name: "Make a reset link" }).click();
  await page.getByRole("button", { name: "Make the link" }).click();
  const link = await page.getByLabel("Reset link").inputValue();

  await stranger.goto(link);
  await stranger.getByLabel("New password").fill("short");
  await stranger.getByRole("button", { name: "Set password" }).click();
  await expect(stranger.getByText("Please use at least 12 characters")).toBeVisible();
  await stranger.getByLabel("New password").fill("the second secret of mine");
  await stranger.getByRole("button", { name: "Set password" }).click();
  await expect(stranger).not.toHaveURL(/reset/);

  await stranger.goto(link);
  await expect(stranger.getByRole("heading")).toContainText("does not work any more");
});

test("a disabled account is out at once, and the log tells who did it", async ({
  page,
  stranger,
}) => {
  await page.goto("/");
  const mail = newMail();
  await join(stranger, await invite(page, await makeProject(page), "Expert"), mail, "Dora Dormant");
  await expect(stranger).toHaveURL("/rate");

  await page.goto("/settings/people");
  const row = page.getByRole("row").filter({ hasText: mail });
  await row.getByRole("button", { name: "Actions for Dora Dormant" }).click();
  await page.getByRole("menuitem", { name: "Disable" }).click();
  await expect(row.getByText("Disabled", { exact: true })).toBeVisible();

  await stranger.goto("/settings/account");
  await expect(stranger.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await page.goto("/settings/audit");
  await expect(page.getByRole("heading")).toContainText("is whole");
  await expect(page.getByRole("table", { name: "Audit log" })).toContainText("account.disable");
});

test("what the admin looks after does not exist for others", async ({ page, stranger }) => {
  await page.goto("/");
  await join(stranger, await invite(page, await makeProject(page), "Expert"), newMail());
  await expect(stranger).toHaveURL("/rate");

  for (const place of ["people", "audit"]) {
    const answer = await stranger.goto(`/settings/${place}`);
    expect(answer?.status()).toBe(404);
  }
});

test("pages come with a policy that keeps other sites out", async ({ page }) => {
  const answer = await page.request.get("/sign-in");

  expect(answer.headers()).toMatchObject({
    "content-security-policy": expect.stringContaining("frame-ancestors 'none'"),
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
  });
});
