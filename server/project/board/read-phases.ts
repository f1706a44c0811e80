import { asc, eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { PhaseState } from "@/db/enums";
import { phases } from "@/db/schema";
import { countPhases, PHASES, type PhaseNumber, type PhaseTally } from "../count-phases";
import { phaseFigures } from "../domain/phase-figures";
import { type LastBatch, readLastBatches } from "./read-last-batches";

/** One column of the board. */
export type BoardPhase = Awaited<ReturnType<typeof readPhases>>[PhaseNumber];

/** The four phases: their state, what they brought, and what waits in each. */
export async function readPhases(db: DbOrTx, projectId: string, revisionId: string | null) {
  const [rows, tally, batches] = await Promise.all([
    db
      .select({ number: phases.number, state: phases.state, reason: phases.reason })
      .from(phases)
      .where(eq(phases.projectId, projectId))
      .orderBy(asc(phases.number)),
    countPhases(db, projectId, revisionId),
    readLastBatches(db, projectId),
  ]);
  const columnOf = (number: PhaseNumber) =>
    columnFor(number, tally[number], {
      row: rows.find((row) => row.number === number),
      lastBatch: batches.find((batch) => batch.phase === number) ?? null,
    });
  const [seeds, expand, discover, merge] = PHASES.map(columnOf);
  if (!seeds || !expand || !discover || !merge) throw new Error("A project has four phases");
  return { 1: seeds, 2: expand, 3: discover, 4: merge };
}

type Around = {
  row: { state: PhaseState; reason: string | null } | undefined;
  lastBatch: LastBatch | null;
};

function columnFor(number: PhaseNumber, tally: PhaseTally, { row, lastBatch }: Around) {
  return {
    number,
    state: row?.state ?? ("closed" as const),
    reason: row?.reason ?? null,
    tally,
    figures: phaseFigures({ ...tally, sources: sourcesOf(number, tally) }),
    lastBatch,
  };
}

const sourcesOf = (number: PhaseNumber, { typed, imported, proposed, fresh }: PhaseTally) =>
  number === 1
    ? [
        { label: "Typed", count: typed },
        { label: "Imported", count: imported },
      ]
    : [
        { label: "Proposed", count: proposed },
        { label: "New", count: fresh },
      ];
