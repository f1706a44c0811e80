import { and, asc, eq, gt, inArray, or, type SQL } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { generatorRevisions, generators, pairs, prompts, quickLooks, renders } from "@/db/schema";
import { conceptKey } from "@/server/mining/domain/concept";
import { lookFile } from "./domain/file-name";
import { cameOf, lookVerdict } from "./domain/look-outcome";
import { imagesOfRenders } from "./images-of-renders";
import type { PairRow } from "./pair-chunks";
import { pseudonym } from "./rater";

const AT_ONCE = 100;

export type LookRecord = Awaited<ReturnType<typeof recordsOf>>[number];

/** The quick looks at each of these pairs: at its plain prompt, and at A and B alone. */
export async function readLooksOfPairs(tx: Tx, projectId: string, rows: readonly PairRow[]) {
  const keysOf = ({ pair }: PairRow) => [conceptKey(pair.conceptA), conceptKey(pair.conceptB)];
  const isAbout = or(
    inArray(
      quickLooks.pairId,
      rows.map(({ pair }) => pair.id),
    ),
    inArray(quickLooks.conceptKey, rows.flatMap(keysOf)),
  );
  const looks = await recordsOf(tx, projectId, await findLooks(tx, projectId, isAbout));
  return new Map(
    rows.map((row) => {
      const keys = keysOf(row);
      const own = looks.filter((look) =>
        look.pairId === null ? keys.includes(look.conceptKey ?? "") : look.pairId === row.pair.id,
      );
      return [row.pair.id, own];
    }),
  );
}

/** All looks of the project, also at concepts that no pair holds, a few at a time. */
export async function* allLooks(tx: Tx, projectId: string): AsyncGenerator<LookRecord> {
  let after = "00000000-0000-0000-0000-000000000000";
  for (;;) {
    const found = await findLooks(tx, projectId, gt(quickLooks.id, after)).limit(AT_ONCE);
    const last = found.at(-1);
    if (!last) return;
    yield* await recordsOf(tx, projectId, found);
    after = last.id;
  }
}

type FoundLook = Awaited<ReturnType<typeof findLooks>>[number];

async function recordsOf(tx: Tx, projectId: string, found: readonly FoundLook[]) {
  const made = await imagesOfRenders(
    tx,
    found.map((look) => look.renderId),
  );
  return found.map(({ judgedBy, pairState, pairReason, ...look }) => {
    const verdict = lookVerdict(look);
    return {
      ...look,
      verdict,
      cameOf: cameOf(verdict, { state: pairState, reason: pairReason }),
      by: judgedBy ? pseudonym(projectId, judgedBy) : null,
      images: (made.get(look.renderId) ?? []).map(({ mime, renderId: _, ...image }) => ({
        ...image,
        file: lookFile({ ...look, seed: image.seed, mime }),
      })),
    };
  });
}

const findLooks = (tx: Tx, projectId: string, condition: SQL | undefined) =>
  tx
    .select({
      id: quickLooks.id,
      kind: quickLooks.kind,
      pairId: quickLooks.pairId,
      pairKey: pairs.key,
      pairState: pairs.state,
      pairReason: pairs.reason,
      conceptKey: quickLooks.conceptKey,
      concept: quickLooks.concept,
      generator: generators.name,
      revision: generatorRevisions.number,
      prompt: prompts.text,
      renderId: quickLooks.renderId,
      inputHash: renders.inputHash,
      state: quickLooks.state,
      reason: quickLooks.reason,
      rated: quickLooks.rated,
      correct: quickLooks.correct,
      judge: quickLooks.judge,
      judgedBy: quickLooks.judgedBy,
      judgedAt: quickLooks.judgedAt,
      createdAt: quickLooks.createdAt,
    })
    .from(quickLooks)
    .innerJoin(renders, eq(renders.id, quickLooks.renderId))
    .innerJoin(prompts, eq(prompts.id, renders.promptId))
    .innerJoin(generatorRevisions, eq(generatorRevisions.id, quickLooks.generatorRevisionId))
    .innerJoin(generators, eq(generators.id, generatorRevisions.generatorId))
    .leftJoin(pairs, eq(pairs.id, quickLooks.pairId))
    .where(and(eq(quickLooks.projectId, projectId), condition))
    .orderBy(asc(quickLooks.id));
