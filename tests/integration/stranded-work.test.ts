import { eq } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { batches, exportsTable, inquiries, pairs, renders } from "@/db/schema";
import { reopenGrids } from "@/server/generation/reopen-grids";
import { requestBatch } from "@/server/mining/request-batch";
import { requestInquiry } from "@/server/mining/request-inquiry";
import { rescueStranded } from "@/server/mining/rescue-stranded";
import { retryBatch } from "@/server/mining/retry-batch";
import { retryInquiry } from "@/server/mining/retry-inquiry";
import { failStranded } from "@/server/release/fail-stranded";
import { requestExport } from "@/server/release/request-export";
import { makeDrawingProject } from "@/tests/support/drawing-project";
import { makeMember } from "@/tests/support/make/member";
import { makePattern } from "@/tests/support/make/pattern";
import { makeProjectWithPairs } from "@/tests/support/make/project-with-pairs";
import "@/tests/support/web-environment";
import { testDatabase } from "@/tests/support/test-database";

const { db, sql } = await testDatabase();
const job = { db, signal: new AbortController().signal };

const exhaustJobs = () => sql`update pgboss.job set state = 'failed' where state < 'completed'`;
const stateOf = async (id: string) => {
  const [batch] = await db.select().from(batches).where(eq(batches.id, id));
  return batch?.state;
};

beforeEach(exhaustJobs);

test("a batch whose job was given up waits for a person, who can ask again", async () => {
  const ctx = await makeMember(db);
  const pattern = await makePattern(db, ctx.member);
  const { batchId } = await requestBatch(ctx, { patternId: pattern.id, n: 5 });
  await rescueStranded({}, job);
  expect(await stateOf(batchId)).toBe("queued");

  await exhaustJobs();
  await rescueStranded({}, job);
  expect(await stateOf(batchId)).toBe("waiting");

  await retryBatch(ctx, { batchId });
  await rescueStranded({}, job);
  expect(await stateOf(batchId)).toBe("queued");
});

test("prompts whose job was given up wait for a person", async () => {
  const { pairIds } = await makeProjectWithPairs(db, 1);
  await db.update(pairs).set({ promptsState: "running" }).where(eq(pairs.id, pairIds[0]!));

  await rescueStranded({}, job);

  const [pair] = await db.select().from(pairs).where(eq(pairs.id, pairIds[0]!));
  expect(pair).toMatchObject({ promptsState: "waiting", promptsReason: expect.any(String) });
});

test("a question whose job was given up waits for a person, who can ask again", async () => {
  const ctx = await makeMember(db);
  const { projectId } = ctx.member;
  const asked = { projectId, actorId: null, purpose: "propose_patterns", parameters: {} } as const;
  const { inquiryId } = await db.transaction((tx) => requestInquiry(tx, asked));
  const look = () => db.select().from(inquiries).where(eq(inquiries.id, inquiryId));
  await rescueStranded({}, job);
  expect(await look()).toMatchObject([{ state: "queued" }]);

  await exhaustJobs();
  await rescueStranded({}, job);
  expect(await look()).toMatchObject([{ state: "waiting", reason: expect.any(String) }]);

  await retryInquiry(ctx, { inquiryId });
  await rescueStranded({}, job);
  expect(await look()).toMatchObject([{ state: "queued" }]);
});

test("an export whose job was given up fails, and the next one is a new one", async () => {
  const ctx = await makeMember(db);
  const first = await requestExport(ctx);
  await exhaustJobs();
  await failStranded({}, job);

  const [row] = await db.select().from(exportsTable).where(eq(exportsTable.id, first.exportId));
  expect(row).toMatchObject({ state: "failed", reason: expect.any(String) });
  expect((await requestExport(ctx)).exportId).not.toBe(first.exportId);
});

test("a grid whose job was given up is asked for again, once", async () => {
  const { projectId } = await makeDrawingProject(db, { renders: 5 });
  const reopen = () => db.transaction((tx) => reopenGrids(tx));
  expect(await reopen()).toBe(0);

  await db.update(renders).set({ state: "done" }).where(eq(renders.projectId, projectId));

  expect(await reopen()).toBe(1);
  expect(await reopen()).toBe(0);
});
