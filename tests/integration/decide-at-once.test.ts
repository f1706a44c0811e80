import { llmDatabase } from "@/tests/support/llm-database";
import "../support/web-environment";
import { and, asc, eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { decisions, pairs, patterns } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { findDrift } from "@/server/counters/find-drift";
import { decidePair } from "@/server/mining/decide-pair";
import { editPair } from "@/server/mining/edit-pair";
import { proposePairs } from "@/server/mining/propose-pairs";
import { requestBatch } from "@/server/mining/request-batch";
import { replay } from "@/server/replay/replay";
import { makeExampleProject } from "../support/make/example-project";
import { makeMember } from "../support/make/member";
import { miningJob } from "../support/mining-job";

const ROUNDS = 20;
const { db } = await llmDatabase();

/** Two people of one project and twenty pairs that wait for their review. */
async function makeQueue() {
  const ann = await makeExampleProject(db, { withPairs: false });
  const { projectId } = ann.member;
  const bob = await makeMember(db, { projectId, name: "Bob" });
  const [pattern] = await db.select().from(patterns).where(eq(patterns.projectId, projectId));
  const { batchId } = await requestBatch(ann, { patternId: pattern!.id, n: ROUNDS });
  await proposePairs({ batchId }, miningJob(db));
  const isOpen = and(eq(pairs.projectId, projectId), eq(pairs.state, "proposed"));
  const proposed = await db.select({ id: pairs.id }).from(pairs).where(isOpen);
  return { ann, bob, projectId, pairIds: proposed.map(({ id }) => id) };
}

const STATE_AFTER: Record<string, string> = {
  "pair.accept": "accepted",
  "pair.reject": "rejected",
};

test("two people accept, edit and reject the same pair at once: one decision stands, and nobody is told of a fault", async () => {
  const { ann, bob, projectId, pairIds } = await makeQueue();
  expect(pairIds).toHaveLength(ROUNDS);
  for (const [round, pairId] of pairIds.entries()) {
    const edited = { a: `copper kettle ${round}`, b: "snow drift", latent: null };
    const told = await Promise.allSettled([
      decidePair(ann, { pairId, decision: "accept" }),
      editPair(bob, { pairId, ...edited }),
      decidePair(bob, { pairId, decision: "reject", reason: "unclear" }),
      editPair(ann, { pairId, ...edited }),
    ]);

    for (const one of told)
      if (one.status === "rejected") {
        expect(one.reason).toBeInstanceOf(AppError);
        expect(one.reason).toMatchObject({ code: "CONFLICT" });
      }
    const [pair] = await db.select().from(pairs).where(eq(pairs.id, pairId));
    const log = await db
      .select({ action: decisions.action })
      .from(decisions)
      .where(eq(decisions.subjectId, pairId))
      .orderBy(asc(decisions.seq));
    const words = log.map(({ action }) => action).filter((action) => action in STATE_AFTER);
    expect(pair!.state).toBe(STATE_AFTER[words.at(-1)!]);
    const wasEdited = log.some(({ action }) => action === "pair.edit");
    expect(pair!.conceptA === edited.a).toBe(wasEdited);
  }

  const drift = await findDrift(db);
  expect(drift.filter((one) => one.projectId === projectId)).toEqual([]);
  expect((await replay(db, projectId)).difference).toBeNull();
});
