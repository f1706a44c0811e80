import { StateLabel } from "@/app/_ui/state-label";
import type { NextStep } from "@/server/project/domain/next-step";
import { PHASE_NAMES } from "@/server/project/domain/phase-names";
import type { ProjectBoard } from "@/server/project/project-board";
import { mayBeHeld, PhaseMenu } from "./hold-phase";
import { PhaseAction } from "./phase-action";
import { PhaseColumn } from "./phase-column";
import { lastWords, phaseState, reviewPhase } from "./phase-words";

const NUMBERS = [1, 2, 3, 4] as const;

// The column that the next step belongs to; null: it is taken elsewhere on the screen, or there is none.
const PLACE = {
  addPairs: 1,
  review: 2,
  unstick: 2,
  quickLook: 2,
  render: 2,
  propose: 2,
  reviewPatterns: 3,
  openPatterns: 3,
  openMerge: 4,
  raiseBudget: null,
  goOn: null,
  rate: null,
  wait: null,
} satisfies Record<NextStep, 1 | 2 | 3 | 4 | null>;

/** The four phases side by side, and the way back from the last to the second. */
export function Phases({ project, board }: { project: string; board: ProjectBoard }) {
  return (
    // Narrower than four columns can be read at, the phases scroll; the page does not.
    <div className="overflow-x-auto">
      <div className="panel grid min-w-[940px] grid-cols-4 divide-x divide-line">
        {NUMBERS.map((number) => {
          const phase = board.phases[number];
          const { kind, words } = phaseState(board, phase);
          const isNow =
            (board.next === "review" ? reviewPhase(board) : PLACE[board.next]) === number;
          return (
            <PhaseColumn
              key={number}
              number={number}
              name={PHASE_NAMES[number]}
              isNow={isNow}
              state={<StateLabel kind={kind}>{words}</StateLabel>}
              menu={
                mayBeHeld(number) && (phase.state === "open" || phase.state === "paused") ? (
                  <PhaseMenu
                    project={project}
                    number={number}
                    state={phase.state}
                    running={board.running}
                  />
                ) : null
              }
              figures={phase.figures}
              finds={board.finds.filter((find) => find.phase === number)}
              project={project}
              last={lastWords(board, phase)}
              at={lastAt(board, number)}
              action={<PhaseAction project={project} board={board} phase={phase} />}
            />
          );
        })}
      </div>
      <WayBack />
    </div>
  );
}

// Phase 2 tells of its last batch, phase 4 of its last merge; the others of sums, which have no moment.
function lastAt({ phases, patterns }: ProjectBoard, number: 1 | 2 | 3 | 4): Date | null {
  if (number === 2) return phases[2].lastBatch?.at ?? null;
  return number === 4 ? (patterns.crossed.last?.at ?? null) : null;
}

/** The arrow from phase 4 to phase 2. */
function WayBack() {
  return (
    <div className="relative h-6 min-w-[940px]">
      <svg
        aria-hidden="true"
        viewBox="0 0 1000 24"
        preserveAspectRatio="none"
        className="absolute inset-0 h-full w-full text-line-control"
      >
        <path
          d="M875 0V16H375V4"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          vectorEffect="non-scaling-stroke"
        />
      </svg>
      <svg
        aria-hidden="true"
        viewBox="0 0 10 8"
        className="absolute top-0 left-[37.5%] h-2 w-2.5 -translate-x-1/2 text-line-control"
      >
        <path d="M5 0L9 7H1z" fill="currentColor" />
      </svg>
      <p className="absolute top-2 left-[62.5%] -translate-x-1/2 bg-surface-sunken px-2.5 small-print">
        Phases 2 to 4 repeat while they pay
      </p>
    </div>
  );
}
