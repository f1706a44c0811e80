import { ArrowRight, Plus } from "lucide-react";
import { ButtonLink } from "@/app/_ui/button-link";
import { StateLabel } from "@/app/_ui/state-label";
import type { ProjectBoard } from "@/server/project/project-board";
import { many, nextAct } from "./board-words";
import { PhaseColumn } from "./phase-column";

type Props = { project: string; board: ProjectBoard };

export function SeedsPhase({ project, board }: Props) {
  const act = nextAct(project, board);
  const isNow = act?.phase === "seeds";
  const { lcmis, traditional } = board.patterns;
  const isEmpty = board.waiting.pairs === 0;
  return (
    <PhaseColumn
      number={1}
      name="Seeds"
      isNow={isNow}
      state={isEmpty ? <StateLabel kind="waits" /> : <StateLabel kind="done">Begun</StateLabel>}
      figures={board.seeds}
      finds={board.finds.filter((find) => find.phase === 1)}
      project={project}
      last={`${many(lcmis + traditional, "pattern")}: ${lcmis} LC-Mis, ${traditional} traditional`}
      action={
        isNow ? (
          <ButtonLink href={act.href} variant="primary" className="w-full">
            {act.label} <ArrowRight aria-hidden />
          </ButtonLink>
        ) : (
          <ButtonLink href={`/p/${project}/pairs?add=1`} className="w-full">
            <Plus aria-hidden /> Add pairs
          </ButtonLink>
        )
      }
    />
  );
}

export function ExpandPhase({ project, board }: Props) {
  const act = nextAct(project, board);
  const isNow = act?.phase === "expand";
  return (
    <PhaseColumn
      number={2}
      name="Expand and verify"
      isNow={isNow}
      state={<ExpandState board={board} />}
      figures={board.expand}
      finds={board.finds.filter((find) => find.phase === 2)}
      project={project}
      last={lastOf(board)}
      action={
        <ButtonLink
          href={isNow ? act.href : `/p/${project}/patterns`}
          variant={isNow ? "primary" : "outlined"}
          className="w-full"
        >
          {isNow ? act.label : "Propose pairs"} {isNow ? <ArrowRight aria-hidden /> : null}
        </ButtonLink>
      }
    />
  );
}

function ExpandState({ board: { waiting } }: { board: ProjectBoard }) {
  if (waiting.toReview > 0 || waiting.stuck > 0) return <StateLabel kind="waits" />;
  if (waiting.askedBatches > 0) return <StateLabel kind="rendering">Proposing</StateLabel>;
  if (waiting.openRenders > 0) return <StateLabel kind="rendering" />;
  if (waiting.toRate > 0) {
    return <StateLabel kind="waiting-others">{many(waiting.toRate, "grid")} to rate</StateLabel>;
  }
  return <StateLabel kind="queued">Ready</StateLabel>;
}

function lastOf({ batchYield, waiting, simulated }: ProjectBoard): string {
  const parts: string[] = [];
  const batch = batchYield?.batches.at(-1);
  if (batchYield && batch) {
    parts.push(
      `Batch ${batch.number} of ${batchYield.pattern}: ${batch.fresh} of ${batch.returned} new`,
    );
  }
  if (waiting.withoutPrompts > 0) {
    parts.push(`${many(waiting.withoutPrompts, "accepted pair")} without prompts yet`);
  }
  if (simulated) {
    parts.push(
      `Apart from these, the simulated rater put ${simulated.count} of ${simulated.total} at Level 5`,
    );
  }
  return parts.join(". ") || "Nothing has been proposed yet";
}
