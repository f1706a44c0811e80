import { ArrowRight, Plus } from "lucide-react";
import type { ReactNode } from "react";
import { ButtonLink } from "@/app/_ui/button-link";
import type { BoardPhase } from "@/server/project/board/read-phases";
import type { NextStep } from "@/server/project/domain/next-step";
import type { ProjectBoard } from "@/server/project/project-board";
import { manyOrMore } from "./board-words";
import { ResumeButton } from "./hold-phase";
import { OpenPhaseButton } from "./open-phase-button";
import { reviewPhase } from "./phase-words";
import { RenderButton } from "./render-button";

type Props = { project: string; board: ProjectBoard };

/** One button a column, in the same place; it is filled where it is the next thing to do. */
export function PhaseAction({ project, board, phase }: Props & { phase: BoardPhase }) {
  if (phase.state === "paused") return <ResumeButton project={project} number={phase.number} />;
  const { toReview } = phase.tally;
  if (toReview > 0) {
    const isNext = board.next === "review" && reviewPhase(board) === phase.number;
    return (
      <Go href={`/p/${project}/pairs?view=review`} isNext={isNext}>
        Review {manyOrMore(toReview, "proposal")}
      </Go>
    );
  }
  switch (phase.number) {
    case 1:
      return <SeedsAction project={project} board={board} />;
    case 2:
      return <ExpandAction project={project} board={board} />;
    case 3:
      return <DiscoverAction project={project} board={board} />;
    case 4:
      return <MergeAction project={project} board={board} />;
  }
}

function SeedsAction({ project, board }: Props) {
  const { lcmis, traditional } = board.patterns;
  const isNext = board.next === "addPairs";
  // A pair belongs to a pattern, so the first pattern is named first.
  if (lcmis + traditional === 0) {
    return (
      <Go href={`/p/${project}/patterns`} isNext={isNext}>
        Name a pattern
      </Go>
    );
  }
  return (
    <ButtonLink
      href={`/p/${project}/pairs?add=1`}
      variant={isNext ? "primary" : "outlined"}
      className="w-full"
    >
      <Plus aria-hidden /> Add pairs
    </ButtonLink>
  );
}

function ExpandAction({ project, board }: Props) {
  const { waiting, next } = board;
  const home = `/p/${project}`;
  if (waiting.stuck > 0) {
    return (
      <Go href={`${home}/pairs`} isNext={next === "unstick"}>
        Look at {manyOrMore(waiting.stuck, "answer")}
      </Go>
    );
  }
  if (waiting.quickLooks > 0) {
    return (
      <Go href={`${home}/looks`} isNext={next === "quickLook"}>
        Quick look at {manyOrMore(waiting.quickLooks, "set of images", "sets of images")}
      </Go>
    );
  }
  if (waiting.toRender > 0) {
    return <RenderButton project={project} pairs={waiting.toRender} isNext={next === "render"} />;
  }
  return (
    <Go href={`${home}/patterns`} isNext={next === "propose"}>
      Propose pairs
    </Go>
  );
}

function DiscoverAction({ project, board }: Props) {
  const { state } = board.phases[3];
  const { proposed } = board.patterns.discovered;
  if (proposed > 0) return <ReviewPatterns project={project} board={board} count={proposed} />;
  if (state === "open") {
    return <Go href={`/p/${project}/patterns?ask=patterns`}>Ask for new patterns</Go>;
  }
  return (
    <OpenPhaseButton
      project={project}
      number={3}
      then={`/p/${project}/patterns?ask=patterns`}
      isNext={isNext(board, "openPatterns")}
    >
      Ask for new patterns
    </OpenPhaseButton>
  );
}

function MergeAction({ project, board }: Props) {
  const { state } = board.phases[4];
  const { proposed } = board.patterns.crossed;
  if (proposed > 0) return <ReviewPatterns project={project} board={board} count={proposed} />;
  if (state === "open") {
    return <Go href={`/p/${project}/patterns?ask=cross`}>Cross two patterns</Go>;
  }
  return (
    <OpenPhaseButton
      project={project}
      number={4}
      then={`/p/${project}/patterns?ask=cross`}
      isNext={isNext(board, "openMerge")}
    >
      Cross two patterns
    </OpenPhaseButton>
  );
}

const isNext = (board: ProjectBoard, step: NextStep) => board.next === step;

function ReviewPatterns({ project, board, count }: Props & { count: number }) {
  // Both later phases may hold patterns to review; only the first of them carries the filled button.
  const isFirst =
    count === board.patterns.discovered.proposed || board.patterns.discovered.proposed === 0;
  return (
    <Go href={`/p/${project}/patterns`} isNext={isFirst && isNext(board, "reviewPatterns")}>
      Review {manyOrMore(count, "pattern")}
    </Go>
  );
}

type GoProps = { href: string; isNext?: boolean; children: ReactNode };

function Go({ href, isNext: isFilled, children }: GoProps) {
  return (
    <ButtonLink href={href} variant={isFilled ? "primary" : "outlined"} className="w-full">
      {children} {isFilled ? <ArrowRight aria-hidden /> : null}
    </ButtonLink>
  );
}
