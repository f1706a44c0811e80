import { and, eq, inArray, or } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { accounts, quickLooks } from "@/db/schema";
import { imagesOf } from "@/server/generation/list-looks";
import { listTestedRevisions } from "@/server/project/find-tested-revision";
import { conceptKey } from "../domain/concept";
import type { PairScope } from "./read-origin";

type Words = { conceptA: string; conceptB: string };
type Look = Awaited<ReturnType<typeof findLooks>>[number] & { imageIds: string[] };

/** What was seen at a glance with one generator revision: the pair by its plain prompt, and A and B alone. */
export type PairLooks = {
  generatorRevisionId: string;
  generator: string;
  revision: number;
  precheck: Look | null;
  alone: { concept: string; look: Look | null }[];
};

/** For the revision under test and those that drew the pair. */
export async function readLooks(
  db: DbOrTx,
  scope: PairScope,
  { conceptA, conceptB }: Words,
  drawnBy: readonly string[],
): Promise<PairLooks[]> {
  const keys = [conceptA, conceptB].map((concept) => ({ concept, key: conceptKey(concept) }));
  const found = await findLooks(
    db,
    scope,
    keys.map(({ key }) => key),
  );
  const made = await imagesOf(
    db,
    found.filter(({ kind }) => kind === "precheck").map(({ renderId }) => renderId),
  );
  const looks = found.map((look) => ({ ...look, imageIds: made.get(look.renderId) ?? [] }));
  const revisions = await listTestedRevisions(db, scope.projectId);
  const shown = revisions.filter(({ id }, at) => at === 0 || drawnBy.includes(id));
  return shown.map(({ id, generator, number }) => {
    const ofRevision = looks.filter((look) => look.generatorRevisionId === id);
    return {
      generatorRevisionId: id,
      generator,
      revision: number,
      precheck: ofRevision.find(({ kind }) => kind === "precheck") ?? null,
      alone: keys.map(({ concept, key }) => ({
        concept,
        look: ofRevision.find((look) => look.conceptKey === key) ?? null,
      })),
    };
  });
}

const findLooks = (db: DbOrTx, { projectId, pairId }: PairScope, keys: string[]) =>
  db
    .select({
      id: quickLooks.id,
      kind: quickLooks.kind,
      generatorRevisionId: quickLooks.generatorRevisionId,
      conceptKey: quickLooks.conceptKey,
      renderId: quickLooks.renderId,
      state: quickLooks.state,
      reason: quickLooks.reason,
      rated: quickLooks.rated,
      correct: quickLooks.correct,
      judge: quickLooks.judge,
      judgedBy: accounts.name,
      judgedAt: quickLooks.judgedAt,
    })
    .from(quickLooks)
    .leftJoin(accounts, eq(accounts.id, quickLooks.judgedBy))
    .where(
      and(
        eq(quickLooks.projectId, projectId),
        or(eq(quickLooks.pairId, pairId), inArray(quickLooks.conceptKey, keys)),
      ),
    );
