import { and, asc, eq, inArray, isNull, or } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { PairStage, QuickLookState } from "@/db/enums";
import { pairs, prompts, quickLooks } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { lockProject } from "@/server/mining/lock-project";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";
import { plainPrompt } from "./domain/look-prompts";
import { insertLooks, type LookScope, type Subject } from "./insert-looks";
import { findRevision } from "./run-settings";
import type { StartPrecheck } from "./schemas";

const MOST_AT_ONCE = 200;

/** The run that draws them (null when nothing had to be drawn), and how many pairs it took. */
export type StartedLooks = { number: number | null; added: number };

/** Has the plain prompt of these pairs drawn for a first look; of the next ones, when none are named. */
export async function startPrecheck(
  { db, viewer, member }: MemberContext,
  { pairIds, most, generatorRevisionId }: StartPrecheck,
): Promise<StartedLooks> {
  const { projectId } = member;
  const scope = { projectId, actorId: viewer.accountId };
  return db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    const asked = pairIds ?? (await nextPairs(tx, projectId, most ?? MOST_AT_ONCE));
    const { refused, ...started } = await insertPrecheck(tx, {
      ...scope,
      pairIds: asked,
      generatorRevisionId,
    });
    if (refused > 0) {
      throw new AppError(
        "CONFLICT",
        "Some of these pairs are not accepted, or their grid is drawn already: leave them out.",
      );
    }
    return started;
  });
}

async function nextPairs(tx: Tx, projectId: string, most: number): Promise<string[]> {
  const rows = await tx
    .select({ id: pairs.id })
    .from(pairs)
    .where(
      and(
        eq(pairs.projectId, projectId),
        eq(pairs.state, "accepted"),
        or(isNull(pairs.stage), eq(pairs.stage, "prompts")),
      ),
    )
    .orderBy(asc(pairs.id))
    .limit(most);
  return rows.map(({ id }) => id);
}

type Wanted = LookScope & {
  pairIds: readonly string[];
  generatorRevisionId?: string | undefined;
};

/**
 * The same in a transaction of the caller. A look is made once for a generator revision: asking again only
 * brings the pair to where its look stands. `refused` counts pairs that are not accepted or already further on.
 */
export async function insertPrecheck(
  tx: Tx,
  { pairIds, generatorRevisionId, ...scope }: Wanted,
): Promise<StartedLooks & { refused: number }> {
  await lockProject(tx, scope.projectId);
  const revision = await findRevision(tx, scope.projectId, generatorRevisionId);
  const found = await lockPairs(tx, scope.projectId, pairIds);
  const known = await looksOf(tx, revision.id, found);
  const stageOf = (pair: LockedPair) => stageAfter(pair, known.get(pair.id));
  const moving = found.filter((pair) => stageOf(pair) !== null);
  const toDraw = moving.filter((pair) => stageOf(pair) === "precheck" && !isDrawing(known, pair));
  let number: number | null = null;
  if (toDraw.length > 0) {
    const subjects = await subjectsOf(tx, scope.projectId, toDraw);
    ({ number } = await insertLooks(tx, scope, "precheck", revision, subjects));
  }
  await moveOn(tx, scope, moving, stageOf);
  const seen = found.filter((pair) => stageOf(pair) !== null || known.has(pair.id));
  return { number, added: toDraw.length, refused: new Set(pairIds).size - seen.length };
}

type LockedPair = Awaited<ReturnType<typeof lockPairs>>[number];
type Known = ReadonlyMap<string, { state: QuickLookState }>;

const lockPairs = (tx: Tx, projectId: string, pairIds: readonly string[]) =>
  tx
    .select({
      id: pairs.id,
      conceptA: pairs.conceptA,
      conceptB: pairs.conceptB,
      state: pairs.state,
      stage: pairs.stage,
    })
    .from(pairs)
    .where(and(eq(pairs.projectId, projectId), inArray(pairs.id, [...pairIds])))
    .orderBy(asc(pairs.id))
    .for("no key update");

async function looksOf(tx: Tx, revisionId: string, found: readonly { id: string }[]) {
  const rows = await tx
    .select({ pairId: quickLooks.pairId, state: quickLooks.state })
    .from(quickLooks)
    .where(
      and(
        eq(quickLooks.generatorRevisionId, revisionId),
        eq(quickLooks.kind, "precheck"),
        inArray(
          quickLooks.pairId,
          found.map(({ id }) => id),
        ),
      ),
    );
  return new Map(rows.map(({ pairId, state }) => [pairId ?? "", { state }]));
}

const isDrawing = (known: Known, { id }: { id: string }) => known.get(id)?.state === "drawing";

/** Where the pair belongs now; null when it stays: it is not accepted, or further on. */
function stageAfter(
  { state, stage }: LockedPair,
  look: { state: QuickLookState } | undefined,
): PairStage | null {
  const isEarly = stage === null || stage === "prompts" || stage === "precheck";
  if (state !== "accepted" || !isEarly) return null;
  if (look?.state === "ready") return "quick_look";
  // A pair that was found plainly fine and yet was taken back goes on: a person has overruled the look.
  return look?.state === "judged" ? "grid" : "precheck";
}

/** The plain prompt is written once for a pair. */
async function subjectsOf(
  tx: Tx,
  projectId: string,
  toDraw: readonly LockedPair[],
): Promise<Subject[]> {
  const written = await tx
    .select({ id: prompts.id, pairId: prompts.pairId, text: prompts.text })
    .from(prompts)
    .where(
      and(
        inArray(
          prompts.pairId,
          toDraw.map(({ id }) => id),
        ),
        eq(prompts.projectId, projectId),
        eq(prompts.kind, "plain"),
      ),
    );
  const textOf = ({ conceptA, conceptB }: LockedPair) => plainPrompt(conceptA, conceptB);
  const isWritten = (pair: LockedPair) =>
    written.some(({ pairId, text }) => pairId === pair.id && text === textOf(pair));
  const missing = toDraw.filter((pair) => !isWritten(pair));
  const added = missing.length === 0 ? [] : await writePrompts(tx, projectId, missing, textOf);
  return toDraw.map((pair) => {
    const prompt = [...written, ...added].find(
      ({ pairId, text }) => pairId === pair.id && text === textOf(pair),
    );
    if (!prompt) throw new Error("The plain prompt was not written");
    const of = { pairId: pair.id, conceptKey: null, concept: null };
    const concepts = [pair.conceptA, pair.conceptB];
    return { ...of, promptId: prompt.id, prompt: prompt.text, concepts };
  });
}

const writePrompts = (
  tx: Tx,
  projectId: string,
  missing: readonly LockedPair[],
  textOf: (pair: LockedPair) => string,
) =>
  tx
    .insert(prompts)
    .values(
      missing.map((pair) => ({
        projectId,
        kind: "plain" as const,
        pairId: pair.id,
        text: textOf(pair),
        author: "human" as const,
      })),
    )
    .returning({ id: prompts.id, pairId: prompts.pairId, text: prompts.text });

async function moveOn(
  tx: Tx,
  { projectId, actorId }: LookScope,
  moving: readonly LockedPair[],
  stageOf: (pair: LockedPair) => PairStage | null,
): Promise<void> {
  const stages = moving
    .map((pair) => ({ pairId: pair.id, from: pair.stage, to: stageOf(pair) }))
    .filter(({ from, to }) => from !== to);
  if (stages.length === 0) return;
  for (const [stage, group] of Map.groupBy(stages, ({ to }) => to)) {
    const ids = group.map(({ pairId }) => pairId);
    await tx.update(pairs).set({ stage }).where(inArray(pairs.id, ids));
  }
  await recordDecision(tx, { projectId, actorId, action: "pair.stage", payload: { stages } });
}
