import type { Browser, Page } from "@playwright/test";
import { eq, sql } from "drizzle-orm";
import { connect, type Db } from "@/db/client";
import { accounts, memberships } from "@/db/schema";
import { ADMIN, test as base, expect } from "@/tests/support/e2e";
import { makeAccountWithPassword, PASSWORD } from "@/tests/support/make/account-with-password";
import { makeGrid } from "@/tests/support/make/grid";
import { makeProject } from "@/tests/support/make/project";
import { BLOCK_KEYS, pressKeys } from "@/tests/support/rating-page";

const GRIDS = 30;

type Stage = { slug: string; mails: string[] };

const test = base.extend<{ stage: Stage }>({
  stage: async ({ instance }, use) => {
    process.env.TEACUP_HOME = instance.home;
    const { db, close } = connect(instance.databaseUrl, { max: 2 });
    const { id: projectId, slug } = await makeProject(db);
    const [admin] = await db.select().from(accounts).where(eq(accounts.mail, ADMIN.mail));
    await db.insert(memberships).values({ projectId, accountId: admin!.id, role: "owner" });
    const mails: string[] = [];
    while (mails.length < 3) {
      const name = `Rater ${mails.length + 1}`;
      const { id: accountId, mail } = await makeAccountWithPassword(db, { name });
      if (!(await isAskedAgain(db, accountId))) continue;
      await db.insert(memberships).values({ projectId, accountId, role: "expert" });
      mails.push(mail);
    }
    for (let index = 0; index < GRIDS; index += 1) {
      const conceptA = `drink ${index}`;
      await makeGrid(db, { projectId, conceptA, raters: 3, withFiles: true });
    }
    await use({ slug, mails });
    await close();
  },
});

/**
 * Whether a grid comes again in silence within these thirty. Each twenty has one such place, drawn from the rater: in the
 * second twenty it may lie past the thirtieth grid.
 */
async function isAskedAgain(db: Db, accountId: string): Promise<boolean> {
  const [row] = await db.execute<{ asked: boolean }>(
    sql`select teacup_measures_due(${GRIDS}, ${accountId} || 'repeat') > 1 as asked`,
  );
  return row!.asked;
}

/**
 * What rater 0, 1 or 2 says of image 0 to 19 of a grid. All agree but for two kinds of grids: in every third
 * one the second rater alone finds the last image correct, in every fifth the third alone finds the first wrong.
 */
function saysCorrect(rater: number, grid: number, image: number): boolean {
  if (rater === 1 && grid % 3 === 0 && image === 19) return true;
  if (rater === 2 && grid % 5 === 0 && image === 0) return false;
  return image < 1 + (grid % 7);
}

async function signIn(browser: Browser, mail: string): Promise<Page> {
  const context = await browser.newContext({ storageState: { cookies: [], origins: [] } });
  const page = await context.newPage();
  await page.goto("/sign-in");
  await page.getByLabel("Mail").fill(mail);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname === "/" || url.pathname.startsWith("/rate"));
  return page;
}

async function rateAll(page: Page, { slug }: Stage, rater: number): Promise<void> {
  await page.goto(`/rate?project=${slug}`, { waitUntil: "networkidle" });
  await page
    .getByRole("button", { name: /^(Start|Continue)/ })
    .first()
    .press("Enter");
  const empty = page.getByText("Nothing is left to rate.");
  // One grid more than there are: one comes again in silence.
  for (let number = 1; ; number += 1) {
    // What comes next is known once all before it is saved, which takes longer than these keys.
    await expect(page.getByText(`Grid ${number} of`).or(empty)).toBeVisible({ timeout: 30_000 });
    if (await empty.isVisible()) break;
    await expect(page.getByRole("grid")).toHaveAttribute("aria-busy", "false");
    // Which pair it is stands in its prompts, and nowhere else.
    const prompts = await page.getByRole("grid").textContent();
    const grid = Number(/drink (\d+)/.exec(prompts ?? "")?.[1]);
    for (const [image, key] of BLOCK_KEYS.entries()) {
      if (saysCorrect(rater, grid, image)) await pressKeys(page, [key, key]);
    }
    await judgeRestIncorrect(page);
    await page.keyboard.press("Enter");
  }
  await expect(page.getByText("Saved", { exact: true })).toBeVisible({ timeout: 20_000 });
}

/** A key for each of the others would take most of this test's time. */
async function judgeRestIncorrect(page: Page): Promise<void> {
  await page.keyboard.press("Shift+Enter");
  await expect(page.getByRole("dialog", { name: "The rest of this grid" })).toBeVisible();
  await pressKeys(page, ["j", "Enter"]);
  await expect(page.getByText("0 of 20 open", { exact: true })).toBeVisible();
}

/** Krippendorff's nominal alpha of complete yes/no ratings, straight from its definition. */
function alphaByHand(): number {
  let disagreeing = 0;
  let correct = 0;
  const values = GRIDS * 20 * 3;
  for (let grid = 0; grid < GRIDS; grid += 1) {
    for (let image = 0; image < 20; image += 1) {
      const yes = [0, 1, 2].filter((rater) => saysCorrect(rater, grid, image)).length;
      correct += yes;
      // Ordered pairs that differ, over the number of raters less one.
      disagreeing += (2 * yes * (3 - yes)) / 2;
    }
  }
  const observed = disagreeing / values;
  const expected = (2 * correct * (values - correct)) / (values * (values - 1));
  return 1 - observed / expected;
}

test("three browsers rate the same 30 grids, and the agreement page shows what a hand reckons", async ({
  page,
  browser,
  stage,
}) => {
  test.setTimeout(400_000);
  const raters = await Promise.all(stage.mails.map((mail) => signIn(browser, mail)));
  await Promise.all(raters.map((rater, index) => rateAll(rater, stage, index)));
  for (const rater of raters) await rater.context().close();

  // 10 images by one voice of three for correct, 6 by one against: 16 of 600 are not unanimous.
  expect(alphaByHand()).toBeCloseTo(0.9432, 4);
  await page.goto(`/p/${stage.slug}/rating/agreement`, { waitUntil: "networkidle" });
  await expect(page.getByRole("heading", { level: 1 })).toContainText(
    `Raters agree at alpha ${alphaByHand().toFixed(3)} on 600 images`,
  );
  const all = page.getByRole("table", { name: "Agreement of all raters" });
  // 16 images on which 2 of 3 pairs differ: 1 - 16 x 2/3 / 600.
  await expect(all.getByRole("row", { name: /Same verdict/ })).toContainText("0.982");
  // Who says the same again agrees with themselves.
  await expect(all.getByRole("row", { name: /silent repeats/ })).toContainText("1.000");
  await page.goto(`/p/${stage.slug}/rating/adjudication?view=split`, { waitUntil: "networkidle" });
  // Every third grid and every fifth, two of them both.
  await expect(page.getByRole("table", { name: "Grids" }).getByRole("row")).toHaveCount(1 + 14);
  await page.goto(`/p/${stage.slug}/rating/progress`, { waitUntil: "networkidle" });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("All 90 seats are done");
});
