import { ArrowRight, Plus } from "lucide-react";
import { ButtonLink } from "@/app/_ui/button-link";
import { StateLabel } from "@/app/_ui/state-label";
import type { ProjectBoard } from "@/server/project/project-board";
import { expandLink, many } from "./board-words";
import { PhaseColumn } from "./phase-column";
import { RenderButton } from "./render-button";

type Props = { project: string; board: ProjectBoard };

export function SeedsPhase({ project, board }: Props) {
  const isNow = board.next === "addPairs";
  const { lcmis, traditional } = board.patterns;
  return (
    <PhaseColumn
      number={1}
      name="Seeds"
      isNow={isNow}
      state={<StateLabel kind={isNow ? "waits" : "done"} />}
      figures={board.seeds}
      finds={board.finds.filter((find) => find.phase === 1)}
      project={project}
      last={`${many(lcmis + traditional, "pattern")}: ${lcmis} LC-Mis, ${traditional} traditional`}
      action={<SeedsAction project={project} board={board} />}
    />
  );
}

function SeedsAction({ project, board }: Props) {
  const { lcmis, traditional } = board.patterns;
  // A pair belongs to a pattern, so the first pattern is named first.
  if (lcmis + traditional === 0) {
    return (
      <ButtonLink href={`/p/${project}/patterns`} variant="primary" className="w-full">
        Name a pattern <ArrowRight aria-hidden />
      </ButtonLink>
    );
  }
  return (
    <ButtonLink
      href={`/p/${project}/pairs?add=1`}
      variant={board.next === "addPairs" ? "primary" : "outlined"}
      className="w-full"
    >
      <Plus aria-hidden /> Add pairs
    </ButtonLink>
  );
}

export function ExpandPhase({ project, board }: Props) {
  return (
    <PhaseColumn
      number={2}
      name="Expand and verify"
      isNow={board.next !== "addPairs" && board.next !== "rate"}
      state={<ExpandState board={board} />}
      figures={board.expand}
      finds={board.finds.filter((find) => find.phase === 2)}
      project={project}
      last={lastOf(board)}
      action={<ExpandAction project={project} board={board} />}
    />
  );
}

function ExpandAction({ project, board }: Props) {
  if (board.next === "render") {
    return <RenderButton project={project} pairs={board.waiting.toRender} />;
  }
  const link = expandLink(project, board);
  if (!link) {
    return (
      <ButtonLink href={`/p/${project}/patterns`} className="w-full">
        Propose pairs
      </ButtonLink>
    );
  }
  return (
    <ButtonLink href={link.href} variant="primary" className="w-full">
      {link.label} <ArrowRight aria-hidden />
    </ButtonLink>
  );
}

function ExpandState({ board: { waiting } }: { board: ProjectBoard }) {
  if (waiting.toReview > 0 || waiting.stuck > 0) return <StateLabel kind="waits" />;
  if (waiting.askedBatches > 0) return <StateLabel kind="rendering">Proposing</StateLabel>;
  if (waiting.promptsUnderWay > 0) {
    return <StateLabel kind="rendering">Prompts</StateLabel>;
  }
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
  if (waiting.promptsUnderWay > 0) {
    parts.push(`Prompts are being written for ${many(waiting.promptsUnderWay, "pair")}`);
  }
  if (simulated) {
    parts.push(
      `Apart from these, the simulated rater put ${simulated.count} of ${simulated.total} at Level 5`,
    );
  }
  return parts.join(". ") || "Nothing has been proposed yet";
}
