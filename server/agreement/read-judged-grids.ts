import { and, eq, inArray, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { Judge, SittingKind } from "@/db/enums";
import { accounts, gridImages, grids as gridTable, pairs, sittings, verdicts } from "@/db/schema";
import type { Repeat } from "./domain/confusions";
import type { JudgedGrid, RaterVerdicts } from "./domain/judged-grid";

export type Scope = { projectId: string; revisionId: string; judge: Judge };
type Row = Omit<JudgedGrid, "sittings"> & RaterVerdicts & { kind: SittingKind; rater: string };
export type JudgedGrids = Awaited<ReturnType<typeof readJudgedGrids>>;

/**
 * Every full grid of the revision with who judged it: one row a sitting, its twenty verdicts as two sets of bits,
 * so that 600,000 verdicts come as 30,000 rows and all figures are reckoned from them without asking again.
 */
export async function readJudgedGrids(db: DbOrTx, scope: Scope) {
  const rows = await readSittings(db, scope);
  const raters = new Map(rows.map(({ raterId, rater }) => [raterId, rater]));
  const grids: JudgedGrid[] = [];
  const repeats: Repeat[] = [];
  for (const sat of Map.groupBy(rows, (row) => row.gridId).values()) {
    const first = sat.filter(({ kind }) => kind === "seat");
    const [row] = sat;
    if (!row) continue;
    const { gridId, pairId, patternId, promptSetId, planned, round } = row;
    const at = Math.max(...first.map((one) => one.at));
    const grid = { gridId, pairId, patternId, promptSetId, planned, round, at, sittings: first };
    grids.push(grid);
    for (const again of sat.filter(({ kind }) => kind === "repeat")) {
      const before = first.find(({ raterId }) => raterId === again.raterId);
      if (before) repeats.push({ grid, first: before, again });
    }
  }
  return { grids, repeats, raters };
}

async function readSittings(db: DbOrTx, { projectId, revisionId, judge }: Scope): Promise<Row[]> {
  const bits = (verdict: "correct" | "incorrect") =>
    sql<number>`coalesce(bit_or(1 << (${gridImages.position} - 1)) filter (where ${verdicts.verdict} = ${verdict}), 0)`;
  const said = db
    .select({
      sittingId: sql<string>`${sittings.id}`.as("said_sitting_id"),
      correct: bits("correct").as("correct"),
      incorrect: bits("incorrect").as("incorrect"),
    })
    .from(sittings)
    .innerJoin(gridTable, eq(gridTable.id, sittings.gridId))
    .innerJoin(verdicts, eq(verdicts.sittingId, sittings.id))
    .innerJoin(
      gridImages,
      and(eq(gridImages.gridId, sittings.gridId), eq(gridImages.imageId, verdicts.imageId)),
    )
    .where(
      and(
        eq(sittings.projectId, projectId),
        eq(sittings.state, "submitted"),
        inArray(sittings.kind, ["seat", "repeat"]),
        eq(gridTable.generatorRevisionId, revisionId),
        eq(gridTable.mode, "full"),
      ),
    )
    .groupBy(sittings.id)
    .as("said");
  return db
    .select({
      gridId: gridTable.id,
      pairId: gridTable.pairId,
      patternId: pairs.patternId,
      promptSetId: gridTable.promptSetId,
      planned: gridTable.raters,
      round: gridTable.round,
      raterId: sittings.raterId,
      rater: accounts.name,
      kind: sittings.kind,
      at: sql<number>`extract(epoch from ${sittings.submittedAt}) * 1000`.mapWith(Number),
      correct: said.correct,
      incorrect: said.incorrect,
    })
    .from(said)
    .innerJoin(sittings, eq(sittings.id, said.sittingId))
    .innerJoin(
      accounts,
      and(eq(accounts.id, sittings.raterId), eq(accounts.isSimulated, judge === "simulated")),
    )
    .innerJoin(gridTable, eq(gridTable.id, sittings.gridId))
    .innerJoin(pairs, eq(pairs.id, gridTable.pairId))
    .where(eq(sittings.projectId, projectId))
    .orderBy(sittings.gridId, sittings.occasion, sittings.id);
}
