"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { ListChecks } from "lucide-react";
import { useTRPC } from "@/app/_trpc/client";
import { ButtonLink } from "@/app/_ui/button-link";
import { PageHead } from "@/app/_ui/page-head";
import { Activity } from "./activity";
import { BatchYield } from "./batch-yield";
import { boardTitle } from "./board-words";
import { LaterPhases } from "./later-phases";
import { ExpandPhase, SeedsPhase } from "./phases";
import { Spend } from "./spend";
import { useBoardLive } from "./use-board-live";

export function Board({ project }: { project: string }) {
  const trpc = useTRPC();
  const { data: board } = useSuspenseQuery(trpc.project.board.queryOptions({ project }));
  useBoardLive(project);
  const { toRate } = board.waiting;
  return (
    <>
      <PageHead
        title={boardTitle(board)}
        sub={
          board.generator
            ? `Under test: ${board.generator.name}, revision ${board.generator.revision} · 1 rater per grid · protocol 1`
            : "No generator yet"
        }
        actions={
          toRate > 0 ? (
            <ButtonLink href="/rate" variant={board.next === "rate" ? "primary" : "outlined"}>
              <ListChecks aria-hidden />
              {toRate} {toRate === 1 ? "grid" : "grids"} to rate
            </ButtonLink>
          ) : null
        }
      />
      <div className="panel grid grid-cols-4 divide-x divide-line">
        <SeedsPhase project={project} board={board} />
        <ExpandPhase project={project} board={board} />
        <LaterPhases />
      </div>
      <div className="mt-8 grid grid-cols-[minmax(0,1.5fr)_minmax(0,0.8fr)_minmax(0,1fr)] gap-10">
        <BatchYield project={project} batchYield={board.batchYield} />
        <Spend spend={board.spend} />
        <Activity project={project} activity={board.activity} />
      </div>
    </>
  );
}
