import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { and, eq } from "drizzle-orm";
import { connect, type Db } from "@/db/client";
import { accounts, generatorRevisions, grids, memberships, renders } from "@/db/schema";
import { readTrace } from "@/server/comparison/domain/read-trace";
import { spawnBridge } from "@/tests/support/bridge-process";
import { ADMIN, test as base, expect } from "@/tests/support/e2e";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { makeMember } from "@/tests/support/make/member";
import { makeProjectWithPairs } from "@/tests/support/make/project-with-pairs";
import { rateNext } from "@/tests/support/rate-next";
import { startTinyEndpoints } from "@/tests/support/tiny-endpoints";

const STEPS = 12;

/** A GPU box's two processes and its bridge, and a project with two pairs that are ready for a run. */
const test = base.extend<{ lab: Awaited<ReturnType<typeof makeLab>> }>({
  lab: [
    async ({ instance }, use) => {
      process.env.TEACUP_HOME = instance.home;
      process.env.DATABASE_URL = instance.databaseUrl;
      const { db, close } = connect(instance.databaseUrl, { max: 2 });
      const endpoints = await startTinyEndpoints();
      const mark = randomUUID().slice(0, 8);
      const { token } = await makeBridgeRow(db);
      const served = Object.entries(endpoints.urls).map(([name, url]) => `${name}-${mark}=${url}`);
      const bridge = spawnBridge({
        TEACUP_URL: instance.url,
        BRIDGE_TOKEN: token,
        BRIDGE_ENDPOINTS: served.join(","),
      });
      await use(await makeLab(db, mark));
      await bridge.kill();
      await endpoints.stop();
      await close();
    },
    // Two processes that load torch are not the product's to make faster, and take none of the test's time.
    { timeout: 180_000 },
  ],
});

async function makeLab(db: Db, mark: string) {
  const { ctx, projectId } = await makeProjectWithPairs(db, 2);
  const [admin] = await db.select().from(accounts).where(eq(accounts.mail, ADMIN.mail));
  await db.insert(memberships).values({ projectId, accountId: admin!.id, role: "owner" });
  const rater = await makeMember(db, { projectId, role: "expert" });
  const gridsOf = (purpose: "mining" | "repair") =>
    db
      .select()
      .from(grids)
      .where(and(eq(grids.projectId, projectId), eq(grids.purpose, purpose)));
  return {
    home: `/p/${ctx.member.slug}`,
    endpoint: (method: string) => `${method}-${mark}`,
    opened: (purpose: "mining" | "repair", count: number) =>
      expect.poll(async () => (await gridsOf(purpose)).length, { timeout: 60_000 }).toBe(count),
    /** What MoCE's searches took an image, from the steps that their traces say they visited. */
    searchedEvals: async () => {
      const drawn = await db
        .select({ trace: renders.trace })
        .from(renders)
        .where(and(eq(renders.projectId, projectId), eq(renders.endpointName, `moce-${mark}`)));
      const costs = drawn.flatMap(({ trace }) =>
        [0, 1, 2, 3].map((position) => {
          const steps = readTrace(trace, position)!.visited.map(({ step }) => step);
          const rows = steps.reduce((sum, step) => sum + STEPS - step, Math.max(...steps));
          return 2 * rows;
        }),
      );
      return costs.reduce((sum, cost) => sum + cost, 0) / costs.length;
    },
    /** So many of 20 images are right where this endpoint drew. */
    rateAll: async (count: number, correctBy: Record<string, number>) => {
      for (let at = 0; at < count; at += 1) {
        const revisions = await db.select().from(generatorRevisions);
        await rateNext(db, rater, ({ generatorRevisionId }) => {
          const revision = revisions.find(({ id }) => id === generatorRevisionId);
          return correctBy[revision?.endpointName ?? ""] ?? 0;
        });
      }
    },
  };
}

/** Through the form that is drawn from what the endpoint tells of its method. */
async function register(page: Page, home: string, name: string, endpoint: string) {
  // A bridge tells of its endpoints as soon as it runs.
  await expect(async () => {
    await page.goto(`${home}/generators/new`, { waitUntil: "networkidle" });
    await page.getByLabel("Endpoint").selectOption(endpoint, { timeout: 500 });
  }).toPass();
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Width").fill("64");
  await page.getByLabel("Height").fill("64");
  await page.getByRole("button", { name: "Register the generator" }).click();
  await expect(page.getByRole("row", { name: new RegExp(`^${name}`) })).toBeVisible();
}

test("plain SDXL and MoCE on real servers draw two pairs, and the compare page shows both with their cost", async ({
  page,
  lab,
}) => {
  test.setTimeout(240_000);
  await register(page, lab.home, "Tiny SDXL", lab.endpoint("plain"));
  await register(page, lab.home, "Tiny MoCE", lab.endpoint("moce"));

  await page.goto(`${lab.home}/runs`, { waitUntil: "networkidle" });
  await page.getByLabel("Generator").selectOption("Tiny SDXL, revision 1");
  await page.getByRole("button", { name: "Draw 2 pairs" }).click();
  await page.waitForURL(/\/runs\/1$/);
  await lab.opened("mining", 2);
  await lab.rateAll(2, {});

  await page.goto(`${lab.home}/compare/new`, { waitUntil: "networkidle" });
  await expect(page.getByLabel("Baseline")).toHaveValue(/./);
  await page.getByLabel("Baseline").selectOption("Tiny SDXL, revision 1");
  await page.getByRole("checkbox", { name: /Tiny MoCE, revision 1/ }).check();
  await expect(page.getByText("2 of 2 pairs")).toBeVisible();
  // 40 images of 2 steps, each with and without the prompt; of 40 of MoCE the dearest search of 12 steps, 66.
  await expect(page.getByText(/^This takes/)).toHaveText(
    /^This takes 20 renders, 80 images, 2,800 evals, \d+ seconds of drawing\. Seconds leave out Tiny MoCE, revision 1: its evals are what its endpoint plans at most\.$/,
  );
  await expect(
    page.getByText("At the mining seeds the baseline has none of 20 right"),
  ).toBeVisible();
  await expect(
    page.getByText(/steps 12 instead of 2\. Whether it has the baseline's model/),
  ).toBeVisible();
  await page.getByRole("button", { name: "Draw 80 images" }).click();
  await lab.opened("repair", 4);
  await lab.rateAll(4, { [lab.endpoint("moce")]: 20 });

  await page.reload({ waitUntil: "networkidle" });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Tiny MoCE, revision 1, brings 2 of 2 pairs out of Level 5; fresh seeds alone, 0",
  );
  const bars = page.getByRole("table", { name: /Levels at the fresh seeds/ });
  // Each step with and without the prompt: 2 steps, and 12, as often as the search drew them.
  expect(await costOf(bars.getByRole("row", { name: /^Tiny SDXL/ }))).toEqual([4, true]);
  const [evals, tellsSeconds] = await costOf(bars.getByRole("row", { name: /^Tiny MoCE/ }));
  expect(tellsSeconds).toBe(true);
  expect(evals).toBeCloseTo(await lab.searchedEvals(), 2);
  await expect(page.getByRole("list", { name: "Beside the method" })).toHaveText(
    "Tiny MoCE, revision 1: Differs from the baseline beside its method: steps 12 instead of 2.",
  );
  await expect(page.getByRole("img", { name: /^By Tiny SDXL, revision 1, seed/ })).toBeVisible();
  await expect(page.getByRole("img", { name: /^By Tiny MoCE, revision 1, seed/ })).toBeVisible();
  const search = page.getByRole("region", { name: "How it got there" });
  await expect(search.getByRole("listitem").first()).toHaveText(
    /^Round 1, after step \d+: first -?\d\.\d\d, second -?\d\.\d\d, apart \d\.\d\d/,
  );
  await expect(search.locator("polyline")).toHaveCount(2);
  await expect(page.getByText(/^Drawn by MoCE, .+, on /)).toBeVisible();
});

/** The last two cells of a generator's row: evals and seconds of an image. */
async function costOf(row: ReturnType<Page["locator"]>): Promise<[number, boolean]> {
  const cells = await row.getByRole("cell").allTextContents();
  const [evals, seconds] = cells.slice(-2).map(Number);
  return [evals ?? Number.NaN, Number(seconds) > 0];
}
