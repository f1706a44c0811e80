import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { and, eq } from "drizzle-orm";
import { connect, type Db } from "@/db/client";
import { accounts, memberships, pairs, patterns, phases } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { ADMIN, test as base, expect } from "@/tests/support/e2e";
import { makeGrid } from "@/tests/support/make/grid";
import { makeProject } from "@/tests/support/make/project";
import { rateNextGrid } from "@/tests/support/make/rated-grid";

type Arranged = { db: Db; slug: string; projectId: string };

/** A project of the admin with two rated pairs, one of them at Level 5, and one grid to rate. */
const test = base.extend<{ arranged: Arranged }>({
  arranged: async ({ instance }, use) => {
    process.env.TEACUP_HOME = instance.home;
    process.env.DATABASE_URL = instance.databaseUrl;
    const { db, close } = connect(instance.databaseUrl, { max: 2 });
    const { id: projectId, slug } = await makeProject(db);
    const [admin] = await db.select().from(accounts).where(eq(accounts.mail, ADMIN.mail));
    await db.insert(memberships).values({ projectId, accountId: admin!.id, role: "owner" });
    for (const conceptA of ["iced coke", "milk", "red wine"])
      await makeGrid(db, { projectId, conceptA, withFiles: true });
    const owner: MemberContext = {
      db,
      viewer: { accountId: admin!.id, name: admin!.name, mail: admin!.mail, isAdmin: true },
      member: { projectId, slug, role: "owner" },
    };
    await rateNextGrid(owner, 0);
    await rateNextGrid(owner, 12);
    await use({ db, slug, projectId });
    await close();
  },
});

// A press before the page's scripts have come would be lost.
const open = (page: Page, address: string) => page.goto(address, { waitUntil: "networkidle" });
const phase = (page: Page, name: string) => page.getByRole("region", { name });
const filled = (page: Page) => page.locator("main .bg-accent.text-ink-on-accent");

test("four phases stand side by side with their figures, and one button is filled", async ({
  page,
  arranged,
}) => {
  await open(page, `/p/${arranged.slug}`);

  await expect(
    page.getByRole("heading", { level: 1, name: "2 pairs rated, 1 at Level 5" }),
  ).toBeVisible();
  await expect(phase(page, "Phase 1: Seeds").getByRole("row", { name: "Rated 2" })).toBeVisible();
  for (const [name, words] of [
    ["Phase 3: New patterns", "Not open"],
    ["Phase 4: Merge", "Not open"],
  ] as const) {
    await expect(phase(page, name).getByText(words)).toBeVisible();
  }
  await expect(page.getByText("1 rater per grid · protocol 1")).toBeVisible();
  await expect(page.getByText("Phases 2 to 4 repeat while they pay")).toBeVisible();
  await expect(filled(page)).toHaveCount(1);
});

test("an offered phase says why, and opens by a person's press", async ({ page, arranged }) => {
  const isThird = and(eq(phases.projectId, arranged.projectId), eq(phases.number, 3));
  await arranged.db
    .update(phases)
    .set({ state: "offered", reason: "Drinks ran dry, also in a re-test." })
    .where(isThird);
  await open(page, `/p/${arranged.slug}`);
  const third = phase(page, "Phase 3: New patterns");
  await expect(third.getByText("Offered")).toBeVisible();
  await expect(third.getByText("Drinks ran dry, also in a re-test.")).toBeVisible();

  await third.getByRole("button", { name: "Ask for new patterns" }).click();

  await page.waitForURL(/\/patterns/);
  await expect
    .poll(async () => (await arranged.db.select().from(phases).where(isThird))[0]?.state)
    .toBe("open");
});

test("a phase is paused and resumed where it stands", async ({ page, arranged }) => {
  await open(page, `/p/${arranged.slug}`);
  const second = phase(page, "Phase 2: Expand and verify");

  await second.getByRole("button", { name: "Phase 2: hold or stop" }).click();
  await page.getByRole("menuitem", { name: /^Pause phase 2/ }).click();
  await expect(second.getByText("Paused", { exact: true })).toBeVisible();

  await second.getByRole("button", { name: "Resume phase 2" }).click();
  await expect(second.getByText("Paused", { exact: true })).toHaveCount(0);
});

test("a pattern that asks before a step says so on the board, and goes on with a person's yes", async ({
  page,
  arranged: { db, slug, projectId },
}) => {
  const [pair] = await db
    .select({ id: pairs.id, patternId: pairs.patternId, pattern: patterns.name })
    .from(pairs)
    .innerJoin(patterns, eq(patterns.id, pairs.patternId))
    .where(and(eq(pairs.projectId, projectId), eq(pairs.conceptA, "red wine")));
  await open(page, `/p/${slug}/patterns`);
  const row = page.getByRole("row", { name: pair!.pattern });
  await row.getByRole("button", { name: /^More/ }).click();
  await page.getByRole("menuitem", { name: "Run by itself" }).click();
  await page.getByLabel("Runs by itself").check();
  await page.getByLabel("writing prompts").check();
  await page.getByRole("button", { name: "Save" }).click();
  await expect(row.getByText("1 pair accepted: have its prompts written?")).toBeVisible();
  await expect(row.getByRole("button", { name: "Go on" })).toBeVisible();

  await open(page, `/p/${slug}`);
  const asks = page.getByRole("region", { name: "Asks you" });
  await expect(asks.getByText(pair!.pattern)).toBeVisible();
  await expect(filled(page)).toHaveText("Go on");
  await asks.getByRole("button", { name: "Go on" }).click();

  await expect(asks).toHaveCount(0);
  await expect
    .poll(
      async () => (await db.select().from(pairs).where(eq(pairs.id, pair!.id)))[0]?.promptsState,
    )
    .toBe("done");
});

test("a limit is set on the budgets page and stands on the board", async ({ page, arranged }) => {
  await open(page, `/p/${arranged.slug}`);
  await page.getByRole("link", { name: "Change budgets" }).click();
  await page.waitForURL(/\/budgets/);

  await page.getByLabel("Limit of LLM tokens").fill("a lot");
  await expect(page.getByText("A whole number of 0 or more, or empty for no limit")).toBeVisible();
  await page.getByLabel("Limit of LLM tokens").fill("3,000,000");
  await page.getByRole("button", { name: "Save limits" }).click();
  await expect(page.getByText("Limits saved").first()).toBeVisible();

  await open(page, `/p/${arranged.slug}`);
  await expect(
    page.getByRole("img", { name: /^LLM tokens: \S+ spent.* of 3\.00 M$/ }),
  ).toBeVisible();
});

test("every plot is told in words and downloads as SVG and as its data", async ({
  page,
  arranged,
}) => {
  await open(page, `/p/${arranged.slug}/plots`);
  await expect(page.getByRole("img", { name: /^Pairs per Level\. .*Level 5: 1/ })).toBeVisible();

  const fileOf = async (name: string) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("button", { name }).click(),
    ]);
    return {
      name: download.suggestedFilename(),
      text: await readFile(await download.path(), "utf8"),
    };
  };
  const csv = await fileOf("Levels: download CSV");
  expect(csv.name).toBe(`${arranged.slug}-levels-human.csv`);
  expect(csv.text).toContain("5,1,human");
  const svg = await fileOf("Levels: download SVG");
  expect(svg.text).toMatch(/^<svg .*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/);
  // The file carries its colours itself.
  expect(svg.text).toContain("rgb(151, 31, 55)");
  expect(svg.text).not.toContain("var(--");
});
