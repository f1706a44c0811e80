import { and, eq } from "drizzle-orm";
import { connect, type Db } from "@/db/client";
import { accounts, grids, memberships, pairs } from "@/db/schema";
import { listGenerators } from "@/server/generation/list-generators";
import { makeRevision } from "@/server/generation/make-revision";
import { GeneratorParameters } from "@/server/generation/schemas";
import { startRun } from "@/server/generation/start-run";
import { violationsOn } from "@/tests/support/axe";
import { ADMIN, test as base, expect } from "@/tests/support/e2e";
import { makeMember } from "@/tests/support/make/member";
import { makeProjectWithPairs } from "@/tests/support/make/project-with-pairs";
import { rateNext } from "@/tests/support/rate-next";
import { BLOCK_KEYS, pressKeys, startRating } from "@/tests/support/rating-page";

type Grid = typeof grids.$inferSelect;

/** Two pairs that an expert put at Level 5 with the simulator, and a second revision of it that stands for a method. */
const test = base.extend<{ stage: Awaited<ReturnType<typeof makeStage>> }>({
  stage: async ({ instance }, use) => {
    process.env.TEACUP_HOME = instance.home;
    process.env.DATABASE_URL = instance.databaseUrl;
    const { db, close } = connect(instance.databaseUrl, { max: 2 });
    await use(await makeStage(db));
    await close();
  },
});

async function makeStage(db: Db) {
  const { ctx, projectId, pairIds } = await makeProjectWithPairs(db, 2);
  // The simulator knows no coffee mug.
  await db.update(pairs).set({ conceptB: "tea cup" }).where(eq(pairs.id, pairIds[1]!));
  const [admin] = await db.select().from(accounts).where(eq(accounts.mail, ADMIN.mail));
  await db.insert(memberships).values({ projectId, accountId: admin!.id, role: "owner" });
  const rater = await makeMember(db, { projectId, role: "expert" });
  const [generator] = await listGenerators(db, projectId);
  const { id: methodId } = await makeRevision(ctx, {
    generatorId: generator!.generatorId,
    endpointName: generator!.endpointName,
    method: generator!.method,
    parameters: { ...GeneratorParameters.parse(generator!.parameters), steps: 2 },
    otherWeights: false,
  });
  const gridsOf = (purpose: "mining" | "repair") =>
    db
      .select()
      .from(grids)
      .where(and(eq(grids.projectId, projectId), eq(grids.purpose, purpose)));
  const opened = (purpose: "mining" | "repair", count: number) =>
    expect.poll(async () => (await gridsOf(purpose)).length, { timeout: 60_000 }).toBe(count);
  await startRun(ctx, { generatorRevisionId: generator!.id });
  await opened("mining", 2);
  await rateNext(db, rater, () => 0);
  await rateNext(db, rater, () => 0);
  return {
    slug: ctx.member.slug,
    pairIds,
    methodId,
    opened,
    priorities: async (purpose: "mining" | "repair") =>
      (await gridsOf(purpose)).map(({ priority }) => priority),
    rateNext: (correctOf: (grid: Grid) => number) => rateNext(db, rater, correctOf),
  };
}

test("two generators draw Level-5 pairs anew, and the compare page shows what was computed by hand", async ({
  page,
  stage,
}) => {
  test.setTimeout(180_000);
  await page.goto(`/p/${stage.slug}/compare`, { waitUntil: "networkidle" });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing compared yet");
  // A pair at Level 5 leads to a comparison with it alone.
  await page.goto(`/p/${stage.slug}/pairs/${stage.pairIds[0]}`, { waitUntil: "networkidle" });
  // Its images are enlarged by the key that is printed below them, without a click.
  await page.keyboard.press(".");
  await expect(page.getByRole("dialog", { name: "Prompt 1, seed 1" })).toBeVisible();
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Repair it: compare generators" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Compare generators on 1 Level-5 pair",
  );
  await page.goto(`/p/${stage.slug}/compare`, { waitUntil: "networkidle" });
  await page.getByRole("link", { name: "New comparison" }).click();

  // The newest revision is offered first; the pairs are those of the one that was mined with.
  await expect(page.getByText("2 of 2 pairs")).toBeVisible();
  await page.getByRole("checkbox", { name: /Sketch simulator, revision 2/ }).check();
  await expect(page.getByText(/This takes 20 renders, 80 images/)).toBeVisible();
  expect(await violationsOn(page)).toEqual([]);
  await page.getByRole("button", { name: "Draw 80 images" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(/no pair has two Levels yet/);

  await stage.opened("repair", 4);
  await expect(page.getByRole("link", { name: "4 grids to rate" })).toBeVisible();
  await page.getByRole("button", { name: "Hand out first" }).click();
  await expect(
    page.getByText("The open grids of these pairs are handed out first.").first(),
  ).toBeVisible();
  expect(await stage.priorities("repair")).toEqual([10, 10, 10, 10]);
  // Whoever may be handed these grids does not see by name whose images they are.
  await expect(page.getByText(/^Rate first: seen by name/)).toBeVisible();
  await expect(page.getByRole("img", { name: /^By / })).toHaveCount(0);
  await page.goto(`/p/${stage.slug}/pairs/${stage.pairIds[0]}`, { waitUntil: "networkidle" });
  await expect(page.getByRole("region", { name: /^Sketch simulator/ })).toHaveCount(1);
  const unseen = page.getByRole("region", { name: "Unseen images" });
  await expect(unseen.getByRole("link", { name: "Rate" })).toHaveAttribute(
    "href",
    `/rate?project=${stage.slug}`,
  );
  await expect(page.getByRole("link", { name: "Rate", exact: true })).toHaveCount(2);
  await expect(page.getByRole("link", { name: /^Repair it/ })).toHaveCount(0);
  expect(await violationsOn(page)).toEqual([]);
  await unseen.getByRole("link", { name: "comparison 1" }).click();
  await expect(page).toHaveURL(/\/compare\?number=1$/);
  // The method draws 8 of 20 right for the first pair, and nothing else comes out right: Levels 5 and 3, 5 and 5.
  const isDrawnWell = ({ pairId, generatorRevisionId }: Grid) =>
    generatorRevisionId === stage.methodId && pairId === stage.pairIds[0];
  const rated: Grid[] = [];
  for (let at = 0; at < 3; at += 1)
    rated.push(await stage.rateNext((grid) => (isDrawnWell(grid) ? 8 : 0)));
  // The last one is the viewer's own, who is led from it to what came of them all.
  await startRating(page, stage);
  const correct = rated.some(isDrawnWell) ? 0 : 8;
  for (const key of BLOCK_KEYS.slice(0, correct)) await pressKeys(page, [key, key]);
  await page.keyboard.press("Shift+Enter");
  await expect(page.getByRole("dialog", { name: "The rest of this grid" })).toBeVisible();
  await pressKeys(page, ["j", "Enter", "Enter"]);
  await page.getByRole("link", { name: "See the comparison" }).click();
  await page.waitForURL(/\/compare\?number=1$/);
  await page.reload({ waitUntil: "networkidle" });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Sketch simulator, revision 2, brings 1 of 2 pairs out of Level 5; fresh seeds alone, 0",
  );
  const bars = page.getByRole("table", { name: /Levels at the fresh seeds/ });
  await expect(bars.getByRole("row", { name: /revision 1, baseline/ })).toContainText("100");
  await expect(
    bars.getByRole("img", {
      name: /Level 3: 1 \(50 %\), Level 4: 0 \(0 %\), Level 5: 1 \(50 %\)$/,
    }),
  ).toBeVisible();
  await expect(bars.getByText("· 50 %")).toHaveCount(2);
  await expect(bars.getByText("· 50 %").first()).toBeVisible();
  const tests = page.getByRole("table", { name: "Every method against the baseline" });
  const row = tests.getByRole("row", { name: /revision 2/ });
  // One pair left Level 5, none came to it: 2 x 1/2. A half of the pairs, and one Level on average.
  await expect(row).toContainText("1 : 0, p = 1.000");
  await expect(row).toContainText("−50.0 points");
  await expect(row).toContainText("−1.00");
  await expect(page.getByText("1 better, 1 same, 0 worse")).toBeVisible();

  // Both images of the first pair at one seed; the mining seeds are shown beside, for the baseline alone.
  await expect(
    page.getByRole("img", { name: /^By Sketch simulator, revision 1, seed/ }),
  ).toBeVisible();
  await expect(
    page.getByRole("img", { name: /^By Sketch simulator, revision 2, seed/ }),
  ).toBeVisible();
  expect(await violationsOn(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await violationsOn(page)).toEqual([]);
  await page.keyboard.press("m");
  await expect(page.getByText("Not drawn at these seeds")).toBeVisible();
  await page.keyboard.press(".");
  await expect(page.getByRole("dialog")).toContainText("Prompt 1, seed 1");
});

test("another generator is chosen and nothing can be drawn until the page is about it", async ({
  page,
  stage,
}) => {
  test.setTimeout(120_000);
  await page.goto(`/p/${stage.slug}/runs`);
  const { resolve: letThrough, promise: held } = Promise.withResolvers<void>();
  await page.route(/[?&]revision=/, async (route) => {
    await held;
    await route.continue();
  });
  const generator = page.getByLabel("Generator");

  await generator.selectOption("Sketch simulator, revision 1");
  await generator.selectOption("Sketch simulator, revision 2");
  await expect(generator.getByRole("option", { selected: true })).toHaveText(
    "Sketch simulator, revision 2",
  );
  const draw = page.getByRole("button", { name: /^Draw / });
  await expect(draw).toHaveAccessibleDescription("Reading what it would draw");
  await expect(draw).toHaveAttribute("aria-disabled", "true");

  letThrough();
  await page.getByRole("button", { name: "Draw 2 pairs" }).click();
  await page.waitForURL(/\/runs\/2$/);
  await expect(page.getByText(/Sketch simulator, revision 2/).first()).toBeVisible();
});
