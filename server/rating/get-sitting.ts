import { and, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { GridLayout, RatingMode, SittingState } from "@/db/enums";
import { grids, pairs, sittings } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { readSettings } from "@/server/project/read-settings";
import type { MemberContext } from "@/server/trpc/context";
import { countQueue, type QueueCount } from "./count-queue";
import { currentGuideline, type Guideline } from "./current-guideline";
import { asShown } from "./domain/screen-order";
import { listOwnWords } from "./list-own-words";
import { readCells, readLastSeq, type SittingCell } from "./read-cells";
import { readPrompts } from "./read-prompts";
import { toldGuideline } from "./told-guideline";

/** All a rater may see of a grid. Nothing here tells where the images come from or what others said. */
export type SittingView = {
  id: string;
  project: string;
  state: SittingState;
  /** `screen`: the cells come in random order, and rating stops at the first correct one. */
  mode: RatingMode;
  /** A full grid in columns has a prompt a column; at random the cells come in the sitting's order. */
  layout: GridLayout;
  note: string;
  isGuidelineGap: boolean;
  /** Asked what is seen in each image; `ownWords` are what this rater wrote before, never a guess. */
  asksDetail: boolean;
  /** A grid to learn from: once it is submitted, `feedback` tells how it was meant. */
  isTraining: boolean;
  seenInstead: string;
  ownWords: string[];
  conceptA: string;
  conceptB: string;
  prompts: string[];
  /** In the order to show them. */
  cells: SittingCell[];
  /** Where the next event's client_seq goes on from. */
  lastSeq: number;
  /** How many events the server has; a window that writes says which version it saw. */
  version: number;
  activeMs: number;
  /** `isNew`: changed since this rater last read it. */
  guideline: Guideline & { isNew: boolean };
  queue: QueueCount;
};

export async function getSitting(ctx: MemberContext, sittingId: string): Promise<SittingView> {
  const { db, viewer, member } = ctx;
  const { sitting, cells, lastSeq } = await readSnapshot(ctx, sittingId);
  const { detail: asksDetail } = await readSettings(db, member.projectId);
  const who = { projectId: member.projectId, raterId: viewer.accountId };
  const [texts, guideline, told, queue, ownWords] = await Promise.all([
    readPrompts(db, sitting.promptSetId),
    currentGuideline(db, member.projectId),
    toldGuideline(db, who),
    countQueue(db, who),
    asksDetail ? listOwnWords(db, who) : [],
  ]);
  return {
    id: sitting.id,
    project: member.slug,
    state: sitting.state,
    mode: sitting.mode,
    layout: sitting.layout,
    note: sitting.note ?? "",
    isGuidelineGap: sitting.isGuidelineGap,
    asksDetail,
    isTraining: sitting.kind === "training",
    seenInstead: sitting.seenInstead ?? "",
    ownWords,
    conceptA: sitting.conceptA,
    conceptB: sitting.conceptB,
    prompts: texts,
    cells: asShown(cells, sitting),
    lastSeq,
    version: sitting.version,
    activeMs: sitting.activeMs ?? 0,
    guideline: { ...guideline, isNew: told !== null && guideline.version > told },
    queue,
  };
}

/** Of one moment: a version that says less than the cells beside it would look like another window's work. */
function readSnapshot(ctx: MemberContext, sittingId: string) {
  return ctx.db.transaction(
    async (tx) => {
      const sitting = await findSitting(tx, ctx, sittingId);
      const cells = await readCells(tx, sitting);
      return { sitting, cells, lastSeq: await readLastSeq(tx, sitting.id) };
    },
    { isolationLevel: "repeatable read", accessMode: "read only" },
  );
}

type Whose = Pick<MemberContext, "viewer" | "member">;

async function findSitting(db: DbOrTx, { viewer, member }: Whose, sittingId: string) {
  const [sitting] = await db
    .select({
      id: sittings.id,
      gridId: sittings.gridId,
      state: sittings.state,
      kind: sittings.kind,
      mode: sittings.mode,
      layout: grids.layout,
      orderSeed: sittings.orderSeed,
      note: sittings.note,
      isGuidelineGap: sittings.isGuidelineGap,
      seenInstead: sittings.seenInstead,
      activeMs: sittings.activeMs,
      version: sittings.version,
      conceptA: pairs.conceptA,
      conceptB: pairs.conceptB,
      promptSetId: grids.promptSetId,
    })
    .from(sittings)
    .innerJoin(grids, eq(grids.id, sittings.gridId))
    .innerJoin(pairs, eq(pairs.id, grids.pairId))
    .where(
      and(
        eq(sittings.id, sittingId),
        eq(sittings.projectId, member.projectId),
        eq(sittings.raterId, viewer.accountId),
      ),
    );
  if (!sitting) throw new AppError("NOT_FOUND", "No such sitting.");
  return sitting;
}
