import { eq, inArray, max } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { QuickLookKind } from "@/db/enums";
import { quickLooks, seedSets } from "@/db/schema";
import { enqueue } from "@/server/jobs/queue";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import { LOOK_SEEDS } from "./domain/look-prompts";
import { seedsOf } from "./domain/seeds";
import type { Wanted } from "./insert-claims";
import { insertNumberedRun } from "./insert-numbered-run";
import { type Claimed, insertRenders } from "./insert-renders";
import { type Drawn, findSeedSet } from "./run-settings";
import { settleRuns } from "./settle-runs";

export type LookScope = {
  projectId: string;
  /** null: the loop itself, in auto-mode. */
  actorId: string | null;
};
type Revision = Drawn["revision"];

/** What is looked at: a pair by its plain prompt, or one concept alone. */
export type Subject = Omit<Wanted, "position"> &
  (
    | { pairId: string; conceptKey: null; concept: null }
    | { pairId: null; conceptKey: string; concept: string }
  );

/**
 * A run that draws these subjects once each, with a look that waits for every one of them; a look that
 * failed or was cancelled is taken up again. Lock the project before calling.
 */
export async function insertLooks(
  tx: Tx,
  { projectId, actorId }: LookScope,
  kind: QuickLookKind,
  revision: Revision,
  subjects: readonly Subject[],
): Promise<{ number: number }> {
  const seedSet = await ensureSeedSet(tx, projectId, kind);
  const run = await insertNumberedRun(tx, {
    projectId,
    generatorRevisionId: revision.id,
    seedSetId: seedSet.id,
    purpose: kind,
    startedBy: actorId,
  });
  const wanted = subjects.map((subject) => ({ ...subject, position: 1 }));
  const claimed = await insertRenders(tx, run, { revision, seedSet }, wanted);
  const looks = await upsertLooks(tx, { projectId, kind, revision }, subjects, claimed);
  await readyDrawn(tx, claimed);
  await settleRuns(tx, [run.id]);
  await recordDecision(tx, {
    projectId,
    actorId,
    action: "look.start",
    subjectId: run.id,
    payload: { kind, number: run.number, generatorRevisionId: revision.id, looks },
  });
  await notifyLive(tx, { projectId, topic: "run", id: run.id });
  return { number: run.number };
}

/** Made when it is first needed; equal for every subject that is compared. */
async function ensureSeedSet(tx: Tx, projectId: string, kind: QuickLookKind) {
  const known = await findSeedSet(tx, projectId, kind);
  if (known) return known;
  const [last] = await tx
    .select({ number: max(seedSets.number) })
    .from(seedSets)
    .where(eq(seedSets.projectId, projectId));
  const number = (last?.number ?? 0) + 1;
  const seeds = seedsOf(projectId, number, LOOK_SEEDS[kind]);
  const [made] = await tx
    .insert(seedSets)
    .values({ projectId, number, purpose: kind, seeds })
    .returning();
  if (!made) throw new Error("The seed set was not inserted");
  return made;
}

type LookOf = { projectId: string; kind: QuickLookKind; revision: Revision };

async function upsertLooks(
  tx: Tx,
  { projectId, kind, revision }: LookOf,
  subjects: readonly Subject[],
  claimed: readonly Claimed[],
) {
  const renderOf = new Map(claimed.map(({ promptId, renderId }) => [promptId, renderId]));
  const values = subjects.map(({ pairId, conceptKey, concept, promptId }) => {
    const renderId = renderOf.get(promptId);
    if (!renderId) throw new Error("A look has no render");
    const of = { pairId, conceptKey, concept };
    return { projectId, kind, generatorRevisionId: revision.id, ...of, renderId };
  });
  const { generatorRevisionId, pairId, conceptKey } = quickLooks;
  return tx
    .insert(quickLooks)
    .values(values)
    .onConflictDoUpdate({
      target: [generatorRevisionId, quickLooks.kind, pairId, conceptKey],
      set: { state: "drawing", reason: null },
      setWhere: inArray(quickLooks.state, ["drawing", "failed", "cancelled"]),
    })
    .returning({
      lookId: quickLooks.id,
      pairId: quickLooks.pairId,
      conceptKey: quickLooks.conceptKey,
      renderId: quickLooks.renderId,
    });
}

/** What was drawn before never sees its render finish. */
async function readyDrawn(tx: Tx, claimed: readonly Claimed[]) {
  for (const { renderId, state } of claimed) {
    if (state === "done") await enqueue(tx, "generation.openGrids", { renderId });
  }
}
