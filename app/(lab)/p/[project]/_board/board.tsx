"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { ListChecks } from "lucide-react";
import { useTRPC } from "@/app/_trpc/client";
import { ButtonLink } from "@/app/_ui/button-link";
import { PageHead } from "@/app/_ui/page-head";
import { Activity } from "./activity";
import { Asks } from "./asks";
import { boardTitle, judgedBy, manyOrMore } from "./board-words";
import { Forecast } from "./forecast";
import { Gauge } from "./gauge";
import { Phases } from "./phases";
import { RevisionChoice } from "./revision-choice";
import { Spend } from "./spend";
import { Suggestions } from "./suggestions";
import { useBoardLive } from "./use-board-live";

// Prompts come by the second: a button that counts them must not wait for an event that was lost.
const WRITING_MS = 2_000;

export type BoardProps = { project: string; revisionId: string | undefined };

export function Board({ project, revisionId }: BoardProps) {
  const trpc = useTRPC();
  const { data: board } = useSuspenseQuery({
    ...trpc.project.board.queryOptions({ project, revisionId }),
    refetchInterval: ({ state }) => (state.data?.waiting.promptsUnderWay ? WRITING_MS : false),
  });
  useBoardLive(project);
  const { toRate } = board.waiting;
  return (
    <>
      <PageHead
        title={boardTitle(board)}
        sub={
          <>
            <RevisionChoice revision={board.revision} revisions={board.revisions} /> ·{" "}
            {judgedBy(board)}
            {board.simulated
              ? ` · apart from these, the simulated rater put ${board.simulated.count} of ${board.simulated.total} at Level 5`
              : ""}
          </>
        }
        actions={
          <>
            <Forecast forecast={board.forecast} />
            {toRate > 0 ? (
              <ButtonLink href="/rate" variant={board.next === "rate" ? "primary" : "outlined"}>
                <ListChecks aria-hidden />
                {manyOrMore(toRate, "grid")} to rate
              </ButtonLink>
            ) : null}
          </>
        }
      />
      <Asks project={project} asks={board.asks} isNext={board.next === "goOn"} />
      <Phases project={project} board={board} />
      <div className="mt-2 grid grid-cols-[minmax(0,1.5fr)_minmax(0,0.74fr)_minmax(0,0.92fr)] gap-10 max-[1200px]:grid-cols-[minmax(0,1.5fr)_minmax(0,0.8fr)_minmax(0,0.92fr)] max-[1200px]:gap-6 max-[1000px]:grid-cols-1">
        <div className="min-w-0">
          <Gauge
            project={project}
            gauge={board.gauge}
            patterns={board.patterns.lcmis + board.patterns.traditional}
          />
          <Suggestions project={project} suggestions={board.suggestions} />
        </div>
        <Spend project={project} board={board} />
        <Activity project={project} activity={board.activity} />
      </div>
    </>
  );
}
