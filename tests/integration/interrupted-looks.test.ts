import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { quickLooks } from "@/db/schema";
import { cancelRun } from "@/server/generation/cancel-run";
import { countLooks } from "@/server/generation/count-looks";
import { previewRun } from "@/server/generation/preview-run";
import { reaskLooks } from "@/server/generation/reask-looks";
import { retryFailed } from "@/server/generation/retry-renders";
import { startRun } from "@/server/generation/start-run";
import { countWaiting } from "@/server/project/count-waiting";
import { type LookProject, makeLookProject } from "@/tests/support/look-project";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
storageHome();
let project: LookProject;

beforeEach(async () => {
  project = await makeLookProject(db, 2);
});

test("a render that fails for good says so on its look, and a retry lets it wait again", async () => {
  await project.precheck([project.pairIds[0]!]);
  await project.fail();
  expect((await project.looks())[0]).toMatchObject({ state: "failed", reason: "cannot draw 'X'" });
  await expect(project.judge((await project.looks())[0]!.id, "fine")).rejects.toMatchObject({
    message: "These images are not drawn yet.",
  });

  await retryFailed(project.ctx, { number: 1 });
  expect((await project.looks())[0]).toMatchObject({ state: "drawing", reason: null });
  await project.draw();
  expect((await project.looks())[0]).toMatchObject({ state: "ready" });
});

test("a cancelled run cancels its looks, and asking again takes the same ones up", async () => {
  await project.precheck(project.pairIds);
  const before = await project.looks();
  await cancelRun(project.ctx, { number: 1 });
  expect(await project.looks()).toMatchObject([
    { state: "cancelled", reason: "Run 1 was cancelled" },
    { state: "cancelled" },
  ]);

  expect(await project.precheck(project.pairIds)).toEqual({ number: 2, added: 2 });
  await project.draw();
  expect((await project.looks()).map(({ id, state }) => [id, state])).toEqual(
    before.map(({ id }) => [id, "ready"]),
  );
});

test("a cancelled run gives its pairs back to where they stood, and they are to rate no more", async () => {
  const { ctx, projectId, pairIds } = project;
  const { first } = await project.drawnLooks();
  await project.judge(first.id, "wrong");
  const ofSecond = eq(quickLooks.pairId, pairIds[1]!);
  await db.delete(quickLooks).where(ofSecond);
  const asked = { pairIds };
  const { number } = await startRun(ctx, asked);
  expect(await project.stages()).toEqual(["rating", "rating"]);

  await cancelRun(ctx, { number });

  expect(await project.stages()).toEqual(["grid", "prompts"]);
  expect(await countLooks(db, projectId)).toMatchObject({ unseen: 1, drawing: 0, toLook: 0 });
  const waiting = await countWaiting(db, { projectId, accountId: ctx.viewer.accountId });
  expect(waiting).toMatchObject({ toRender: 2, toRate: 0 });
});

test("a cancelled run leaves at their rating what another run draws and what has its grid", async () => {
  const { ctx, pairIds } = project;
  const [one, two] = pairIds;
  const { number } = await startRun(ctx, { pairIds: [one!] });
  await project.draw();
  await startRun(ctx, { pairIds: [two!] });
  const other = await project.revise();
  const both = await startRun(ctx, { generatorRevisionId: other.id });
  await cancelRun(ctx, { number: both.number });
  expect(await project.stages()).toEqual(["rating", "rating"]);

  await cancelRun(ctx, { number: number + 1 });
  expect(await project.stages()).toEqual(["rating", "prompts"]);
});

test("a look whose images are there but whose job is lost is asked for again by the sweep", async () => {
  await project.precheck([project.pairIds[0]!]);
  await project.draw();
  await db
    .update(quickLooks)
    .set({ state: "drawing" })
    .where(eq(quickLooks.projectId, project.projectId));
  await db.execute(sql`delete from pgboss.job where name = 'generation.openGrids'`);

  expect(await db.transaction((tx) => reaskLooks(tx))).toBe(1);
  expect(await db.transaction((tx) => reaskLooks(tx))).toBe(0);
});

test("a pair whose look failed is counted as failed, not as being drawn, until it is drawn again", async () => {
  const counts = () => countLooks(db, project.projectId);
  await project.precheck(project.pairIds);
  expect(await counts()).toMatchObject({ drawing: 2, failed: 0 });
  await project.draw(1);
  await project.fail();

  expect(await counts()).toMatchObject({ drawing: 0, failed: 1, toLook: 1 });
  expect(await previewRun(db, project.projectId, {})).toMatchObject({ failedLooks: 1 });

  const failed = (await project.looks()).find(({ state }) => state === "failed");
  await project.precheck([failed!.pairId!]);
  expect(await counts()).toMatchObject({ drawing: 1, failed: 0, toLook: 1 });
});
