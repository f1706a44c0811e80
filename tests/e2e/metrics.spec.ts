import { createHash } from "node:crypto";
import type { Locator } from "@playwright/test";
import { and, eq } from "drizzle-orm";
import { connect, type Db } from "@/db/client";
import {
  accounts,
  gridImages,
  grids,
  images,
  memberships,
  pairs,
  scores,
  sittings,
  verdicts,
} from "@/db/schema";
import { startBridge } from "@/gpu-bridge/bridge/start-bridge";
import { startRun } from "@/server/generation/start-run";
import { violationsOn } from "@/tests/support/axe";
import { claimSitting } from "@/tests/support/claim";
import { ADMIN, test as base, expect } from "@/tests/support/e2e";
import { startFakeScoreEndpoint } from "@/tests/support/fake-score-endpoint";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { makeMember } from "@/tests/support/make/member";
import { makeProjectWithPairs } from "@/tests/support/make/project-with-pairs";
import { judgeAll, submit } from "@/tests/support/rate";

/** Two pairs that were drawn and rated, with 4 and with 12 images correct, and a score endpoint behind a bridge of its own. */
const test = base.extend<{ stage: Awaited<ReturnType<typeof makeStage>> }>({
  stage: async ({ instance }, use) => {
    process.env.TEACUP_HOME = instance.home;
    process.env.DATABASE_URL = instance.databaseUrl;
    const { db, close } = connect(instance.databaseUrl, { max: 2 });
    const stage = await makeStage(db);
    const endpoint = await startFakeScoreEndpoint(
      ["clipscore", "oracle"],
      (image) => stage.numbers.get(createHash("sha256").update(image).digest("hex")) ?? 0,
    );
    endpoint.fake.settings = (scorer) =>
      scorer === "oracle" ? { judge: { seen_from: 0.5 } } : { prefix: "A photo depicts " };
    const { token } = await makeBridgeRow(db);
    const bridge = startBridge({
      platformUrl: instance.url,
      token,
      endpoints: [{ kind: "cog", name: stage.endpoint, concurrency: 1, url: endpoint.url }],
      deadlineMs: 20_000,
    });
    await use(stage);
    await bridge.stop();
    await endpoint.close();
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
  await startRun(ctx, {});
  const opened = () => db.$count(grids, eq(grids.projectId, projectId));
  await expect.poll(opened, { timeout: 60_000 }).toBe(2);
  for (const correct of [4, 12]) {
    const sittingId = await claimSitting(rater);
    const frozen = await db
      .select({ imageId: gridImages.imageId })
      .from(gridImages)
      .innerJoin(sittings, and(eq(sittings.gridId, gridImages.gridId), eq(sittings.id, sittingId)))
      .orderBy(gridImages.position);
    await judgeAll(rater, sittingId, { imageIds: frozen.map(({ imageId }) => imageId), correct });
    await submit(rater, sittingId);
  }
  const judged = await db
    .select({ sha256: images.sha256, verdict: verdicts.verdict })
    .from(images)
    .innerJoin(verdicts, eq(verdicts.imageId, images.id))
    .where(eq(images.projectId, projectId));
  return {
    slug: ctx.member.slug,
    projectId,
    pairIds,
    endpoint: `score-${ctx.member.slug}`,
    // What the endpoint says of a picture: as people, so that what the page must show is known.
    numbers: new Map(
      judged.map(({ sha256, verdict }) => [sha256, verdict === "correct" ? 0.8 : 0.3]),
    ),
    countScores: () => db.$count(scores, eq(scores.projectId, projectId)),
  };
}

/** On how many lines its words stand. */
const linesIn = (cell: Locator) =>
  cell.evaluate((element) => {
    const words = document.createRange();
    words.selectNodeContents(element);
    return new Set([...words.getClientRects()].map(({ top }) => top)).size;
  });

test("a person has a run scored, and the metrics page sets the scores against what people counted", async ({
  page,
  stage,
}) => {
  test.setTimeout(180_000);
  await page.goto(`/p/${stage.slug}/metrics`, { waitUntil: "networkidle" });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "No score to set against people yet",
  );
  await expect(page.getByText("2 grids rated, none scored.")).toBeVisible();
  expect(await violationsOn(page)).toEqual([]);

  await page.goto(`/p/${stage.slug}/runs/1`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Score images …" }).click();
  const dialog = page.getByRole("dialog", { name: "Score 40 images" });
  await dialog.getByLabel("Endpoint").selectOption(stage.endpoint);
  await expect(dialog.getByRole("checkbox", { name: "clipscore" })).toBeChecked();
  expect(await violationsOn(page)).toEqual([]);
  await dialog.getByRole("button", { name: "Score" }).click();
  await expect(page.getByText(/10 of 10 prompts/)).toBeVisible({ timeout: 60_000 });
  // Of every image, by both scorers: its prompt and both concepts.
  expect(await stage.countScores()).toBe(40 * 3 * 2);

  await page.getByRole("link", { name: "Metrics", exact: true }).last().click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(
    "on 2 pairs: too few to read",
  );
  const all = page.getByRole("table", { name: "All scores against counts" });
  const row = all.getByRole("row", { name: /clipscore on the prompt/ });
  await expect(row).toContainText("tiny ffffffff");
  // Two pairs, two grids; the endpoint says as people do.
  await expect(row).toContainText(/2\s*2\s*1\.00/);

  const behind = page.getByRole("region", { name: "The images behind the point" });
  await expect(behind.getByRole("img")).toHaveCount(20);
  await page.keyboard.press("k");
  await expect(behind).toContainText("4 of 20 correct");
  await page.keyboard.press("j");
  await expect(behind).toContainText("12 of 20 correct");
  await expect(behind.getByRole("img", { name: "Score 0.800, correct" })).toHaveCount(12);
  await page
    .getByRole("img", { name: /^Mean clipscore/ })
    .locator("circle")
    .first()
    .hover();
  await expect(behind).toContainText("4 of 20 correct");
  await expect(behind.getByRole("img", { name: "Score 0.300, incorrect" })).toHaveCount(16);

  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "All scores, all generators: download CSV" }).click();
  expect((await download).suggestedFilename()).toBe(`${stage.slug}-metrics-human.csv`);

  const judge = page.getByRole("region", { name: /^Automatic judge oracle/ });
  const counts = judge.getByRole("table", { name: "People and oracle, image by image" });
  await expect(counts.getByRole("row", { name: /^correct/ })).toHaveText(/correct\s*16\s*0\s*0/);
  await expect(counts.getByRole("row", { name: /^incorrect/ })).toHaveText(
    /incorrect\s*0\s*24\s*0/,
  );
  const generator = judge.getByRole("row", { name: /Sketch simulator, revision 1/ });
  // All 40 images are rated: corrected is what people say.
  await expect(generator).toContainText(/40\.0 % \[24\.9, 56\.7\]16 of 4040\.0 % \[/);
  await expect(generator).toContainText("100.0 % [79.4, 100.0]16 of 16");
  const corrected = generator.getByRole("cell").nth(2);
  await expect(corrected).toHaveText(/^40\.0 % \[\d+\.\d, \d+\.\d\]$/);
  expect(await linesIn(corrected)).toBe(1);
  await expect(page.getByRole("region", { name: /^Automatic judge clipscore/ })).toHaveCount(0);
  expect(await violationsOn(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark" });
  expect(await violationsOn(page)).toEqual([]);
  await page.emulateMedia({ colorScheme: "light" });
  await page.getByLabel("Whose counts").selectOption("simulated");
  await expect(page.getByText("No full grid has a Level yet.")).toBeVisible();
  // A judge is set against people, whoever's counts are shown.
  await expect(generator).toContainText("16 of 16");

  await page.goto(`/p/${stage.slug}/pairs/${stage.pairIds[1]}`, { waitUntil: "networkidle" });
  await expect(
    page.getByText(/^Automatic judge oracle: (4|12) of 20 correct; people: \1 of 20\.$/),
  ).toBeVisible();
  expect(await violationsOn(page)).toEqual([]);
});
