import { randomUUID } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { DbHandle } from "@/db/client";
import { pairLevels, pairs } from "@/db/schema";
import { addDefaultGenerators } from "@/server/generation/add-default-generators";
import { readFeedback } from "@/server/mining/read-feedback";
import { makeMember } from "../support/make/member";
import { makePattern } from "../support/make/pattern";
import { testDatabase } from "../support/test-database";

let db: DbHandle["db"];

beforeAll(async () => {
  ({ db } = await testDatabase());
});

test("a proposer hears of screened pairs: never right is proven, right within four images is drawn well", async () => {
  const { member } = await makeMember(db);
  const { projectId } = member;
  const pattern = await makePattern(db, member);
  const { generatorRevisionId } = await db.transaction((tx) =>
    addDefaultGenerators(tx, projectId, "sketch"),
  );
  const rate = async (conceptA: string, level: number | null, rated: number) => {
    const [pair] = await db
      .insert(pairs)
      .values({
        ...{ projectId, patternId: pattern.id, conceptA, conceptB: "jar", key: conceptA },
        ...{ phase: 2, origin: "llm", state: "accepted" },
      })
      .returning();
    await db.insert(pairLevels).values({
      ...{ pairId: pair!.id, generatorRevisionId, judge: "human", projectId },
      ...{ patternId: pattern.id, phase: 2, levelId: randomUUID(), gridId: randomUUID() },
      ...{ mode: "screen", level, correct: level === 5 ? 0 : 1, rated, isTrivial: false },
      at: new Date(),
    });
  };
  await rate("never", 5, 20);
  await rate("early", null, 2);
  await rate("late", null, 9);

  const { exemplars, drawnWell } = await readFeedback(db, pattern, 1);

  expect(exemplars.map(({ a, isProven }) => [a, isProven])).toEqual([
    ["never", true],
    ["late", false],
  ]);
  expect(drawnWell.map(({ a }) => a)).toEqual(["early"]);
});
