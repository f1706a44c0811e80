import type { StateKind } from "@/app/_ui/state-label";
import type { BoardPhase } from "@/server/project/board/read-phases";
import type { ProjectBoard } from "@/server/project/project-board";
import { countOrMore, many } from "./board-words";

export type PhaseState = { kind: StateKind; words?: string };

/** Where a phase stands, in two or three words: what a person has to do comes before what goes on. */
export function phaseState(board: ProjectBoard, phase: BoardPhase): PhaseState {
  const { tally } = phase;
  if (phase.state === "paused") return { kind: "paused" };
  if (phase.state === "closed") return { kind: "closed" };
  if (phase.state === "offered") return { kind: "waits", words: "Offered" };
  if (phase.number === 1)
    return board.next === "addPairs" ? { kind: "waits" } : seedsState(tally.stages.rating);
  if (waitsForPerson(board, phase)) return { kind: "waits" };
  if (board.running.batches.some((batch) => batch.phase === phase.number))
    return { kind: "rendering", words: "Proposing" };
  return machineState(board, phase);
}

/** Whose proposals are reviewed first: the phase that is the loop's own work, then those that follow, seeds last. */
export const reviewPhase = ({ phases }: ProjectBoard): BoardPhase["number"] | null =>
  ([2, 3, 4, 1] as const).find((number) => phases[number].tally.toReview > 0) ?? null;

const seedsState = (rating: number): PhaseState =>
  rating > 0 ? { kind: "waiting-others", words: toRateWords(rating) } : { kind: "done" };

// Beside the longest name of a phase there is no room for "grids".
const toRateWords = (grids: number) => `${countOrMore(grids)} to rate`;

function waitsForPerson({ patterns, waiting, asks }: ProjectBoard, { number, tally }: BoardPhase) {
  const ofPatterns =
    number === 3 ? patterns.discovered.proposed : number === 4 ? patterns.crossed.proposed : 0;
  const isStuck = number === 2 && waiting.stuck > 0;
  const isAsking = asks.some(({ phase }) => phase === number);
  return isAsking || tally.toReview > 0 || ofPatterns > 0 || isStuck || tally.stages.quick_look > 0;
}

function machineState(
  { waiting, phases }: ProjectBoard,
  { number, tally }: BoardPhase,
): PhaseState {
  const { stages } = tally;
  if (stages.prompts > 0 && waiting.promptsUnderWay > 0)
    return { kind: "rendering", words: "Prompts" };
  // Pairs from before stages were kept are in none: phase 2 answers for them.
  const isDrawing = stages.precheck + stages.grid > 0 || number === 2;
  if (isDrawing && waiting.openRenders > 0) return { kind: "rendering" };
  if (stages.rating > 0) return { kind: "waiting-others", words: toRateWords(stages.rating) };
  const isTold = Object.values(phases).some((phase) => phase.tally.stages.rating > 0);
  if (number === 2 && waiting.toRate > 0 && !isTold)
    return { kind: "waiting-others", words: toRateWords(waiting.toRate) };
  return { kind: "queued", words: "Ready" };
}

/** What came last in a phase, and what is counted apart there. */
export function lastWords(board: ProjectBoard, phase: BoardPhase): string {
  const said = SAYS[phase.number](board, phase);
  const { trivial } = phase.tally;
  const apart = trivial > 0 ? [`Apart from these, ${trivial} at a trivial Level 5`] : [];
  return [...said, ...apart].join(". ");
}

type Say = (board: ProjectBoard, phase: BoardPhase) => string[];

const SAYS = {
  1: ({ patterns: { lcmis, traditional } }) => [
    `${many(lcmis + traditional, "pattern")}: ${lcmis} LC-Mis, ${traditional} traditional`,
  ],
  2: (_, phase) => batchWords(phase, "Nothing has been proposed yet"),
  3: ({ patterns: { discovered } }, phase) => {
    if (phase.state === "closed" && discovered.all === 0)
      return ["Offered when a pattern runs dry, also after a re-test"];
    if (phase.state === "offered") return [phase.reason ?? "A pattern ran dry"];
    const parts = [
      [discovered.proposed, "to review"],
      [discovered.approved, "approved"],
      [discovered.merged, "merged"],
      [discovered.rejected, "rejected"],
    ] as const;
    const told = parts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
    return [
      discovered.all === 0
        ? "No pattern has been proposed yet"
        : `${many(discovered.all, "pattern")} proposed: ${told.join(", ")}`,
    ];
  },
  4: ({ patterns: { crossed } }, phase) => {
    if (phase.state === "offered") return [phase.reason ?? "Two patterns pay"];
    if (phase.state === "closed" && crossed.made === 0)
      return ["Offered when two approved patterns have a Level 5 each"];
    if (crossed.made === 0) return ["Two approved patterns are crossed into two new ones"];
    const last = crossed.last ? `, the last: ${crossed.last.name}` : "";
    return [`${many(crossed.merges, "merge")} made ${many(crossed.made, "pattern")}${last}`];
  },
} satisfies Record<BoardPhase["number"], Say>;

function batchWords({ lastBatch }: BoardPhase, otherwise: string): string[] {
  if (!lastBatch) return [otherwise];
  const { number, pattern, fresh, returned } = lastBatch;
  return [`Batch ${number} of ${pattern}: ${fresh} of ${returned} new`];
}
