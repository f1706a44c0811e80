import { and, eq, isNull, lt, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { agreementFigures } from "@/db/schema";
import type { JobPayload } from "@/server/jobs/contracts";
import type { JobContext } from "@/server/jobs/handle";
import { notifyLive } from "@/server/live/live";
import type { JudgedGrid } from "./domain/judged-grid";
import { readBasis } from "./read-basis";
import { readJudgedGrids } from "./read-judged-grids";
import { readPromptLengths } from "./read-prompt-lengths";
import { reckonAgreement } from "./reckon-agreement";
import { AskedFigures } from "./schemas";

export type KeptFigures = Awaited<ReturnType<typeof figuresOf>>;

const KEPT_FOR = sql`interval '30 days'`;

/** Safe to run twice: the same verdicts give the same figures, and the later run only replaces them. */
export async function reckonFigures(
  { figuresId }: JobPayload<"agreement.reckon">,
  { db }: Pick<JobContext, "db">,
): Promise<void> {
  const [wanted] = await db
    .select()
    .from(agreementFigures)
    .where(eq(agreementFigures.id, figuresId));
  if (!wanted) return;
  const { projectId } = wanted;
  // Read before the verdicts: what comes in between makes the figures look too old, never too new.
  const basis = await readBasis(db, projectId);
  const figures = await figuresOf(db, projectId, AskedFigures.parse(JSON.parse(wanted.asked)));
  await db.transaction(async (tx) => {
    await tx
      .update(agreementFigures)
      .set({ figures, basis, reckonedAt: sql`now()`, wantedAt: null })
      .where(eq(agreementFigures.id, figuresId));
    await tx
      .delete(agreementFigures)
      .where(
        and(
          eq(agreementFigures.projectId, projectId),
          isNull(agreementFigures.wantedAt),
          lt(agreementFigures.reckonedAt, sql`now() - ${KEPT_FOR}`),
        ),
      );
    await notifyLive(tx, { projectId, topic: "agreement", id: figuresId });
  });
}

/** Everything the page shows but names, which may change without a verdict. */
async function figuresOf(
  db: Db,
  projectId: string,
  { revisionId, judge, bucket, ...filter }: AskedFigures,
) {
  const scope = { projectId, revisionId, judge };
  const [{ grids, repeats, raters }, lengths] = await Promise.all([
    readJudgedGrids(db, scope),
    readPromptLengths(db, scope),
  ]);
  const isWanted = wantedBy(filter);
  return {
    choices: {
      patternIds: [...new Set(grids.map((grid) => grid.patternId))],
      raterIds: [...raters.keys()],
      rounds: [...new Set(grids.map((grid) => grid.round))].toSorted((x, y) => x - y),
    },
    ...(await reckonAgreement({
      grids: grids.filter(isWanted),
      repeats: repeats.filter(({ grid }) => isWanted(grid)),
      lengths,
      bucket,
    })),
  };
}

const wantedBy =
  ({ patternId, round, raterId }: Pick<AskedFigures, "patternId" | "round" | "raterId">) =>
  (grid: JudgedGrid) =>
    (!patternId || grid.patternId === patternId) &&
    (!round || grid.round === round) &&
    (!raterId || grid.sittings.some((sitting) => sitting.raterId === raterId));
