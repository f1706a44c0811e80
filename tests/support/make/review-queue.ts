import type { Db } from "@/db/client";
import type { Pattern } from "@/db/schema";
import { batches, proposals } from "@/db/schema";
import { insertPairs } from "@/server/mining/insert-pairs";

/** A batch of so many proposals that all wait for a person; every tenth looks like a pair the project has. */
export async function makeReviewQueue(
  db: Db,
  { projectId, id: patternId }: Pick<Pattern, "projectId" | "id">,
  size: number,
): Promise<{ batchId: string; names: string[] }> {
  return db.transaction(async (tx) => {
    const [batch] = await tx
      .insert(batches)
      .values({
        projectId,
        patternId,
        number: 1,
        proposer: "scripted 1",
        state: "done",
        asked: 100,
        returned: size,
        seed: 0,
      })
      .returning();
    const batchId = batch!.id;
    const of = { projectId, patternId, batchId, phase: 2, origin: "llm" } as const;
    const [twinId] = await insertPairs(tx, [
      { ...of, a: "iced coke", b: "tea cup", origin: "human", state: "accepted" },
    ]);
    const words = Array.from({ length: size }, (_, at) => ({ a: `thing ${at + 1}`, b: "tea cup" }));
    const ids = await insertPairs(
      tx,
      words.map((pair) => ({ ...of, ...pair, state: "proposed" as const })),
    );
    const rows = words.map(({ a, b }, at) => ({
      projectId,
      batchId,
      ordinal: at + 1,
      conceptA: a,
      conceptB: b,
      key: `${at}`,
      rationale: `It is seldom seen, number ${at + 1}.`,
      outcome: "new" as const,
      pairId: ids[at],
      ...(at % 10 === 9 ? { twinId, step: "embedding" as const, similarity: 0.9 } : {}),
    }));
    for (let at = 0; at < rows.length; at += 500)
      await tx.insert(proposals).values(rows.slice(at, at + 500));
    return { batchId, names: words.map(({ a }) => a) };
  });
}
