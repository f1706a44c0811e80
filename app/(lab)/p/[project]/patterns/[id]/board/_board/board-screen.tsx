"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { EmptyState } from "@/app/_ui/empty-state";
import { Page, PageHead } from "@/app/_ui/page-head";
import type { PairBoard } from "@/server/mining/pair-board";
import { Questions } from "../../../questions";
import { usePatternsLive } from "../../../use-patterns-live";
import { AskForSets } from "./ask-for-sets";
import { BoardGrid } from "./board-grid";
import { BoardKeyBar } from "./board-key-bar";
import { useBoard } from "./use-board";

export type BoardScreenProps = { project: string; patternId: string };

/** Two sets of concepts as rows and columns: a person picks the combinations that are worth drawing. */
export function BoardScreen({ project, patternId }: BoardScreenProps) {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.mining.pairBoard.queryOptions({ project, patternId }));
  usePatternsLive(project);
  if (!data.set) {
    return (
      <Page>
        <PageHead title={`Combine two sets: ${data.pattern.name}`} />
        <Questions project={project} />
        <EmptyState
          title="No sets yet."
          actions={<AskForSets project={project} pattern={data.pattern} variant="primary" />}
        >
          The LLM lists 20 concepts that can be A and 20 that can be B; you pick the combinations.
          That found more than asking it for pairs.
        </EmptyState>
      </Page>
    );
  }
  // A new set starts with no pick.
  return <Board key={data.set.id} project={project} board={{ ...data, set: data.set }} />;
}

type FilledBoard = PairBoard & { set: NonNullable<PairBoard["set"]> };

function Board({ project, board }: { project: string; board: FilledBoard }) {
  const grid = useRef<HTMLTableElement>(null);
  const picking = useBoard(project, board);
  // The focus is the browser's: it starts in the grid, so that the first arrow moves the cursor.
  useEffect(() => grid.current?.focus(), []);
  const { pattern, set, cells } = board;
  const known = cells.flat().filter(({ kind }) => kind === "known").length;
  return (
    <div className="grid h-[calc(100vh-var(--bar))] grid-rows-[minmax(0,1fr)_40px] overflow-hidden">
      <main className="min-h-0 overflow-auto px-6 pt-3.5 pb-4">
        <PageHead
          title={`Combine two sets: ${pattern.name}`}
          sub={`Sets ${set.number}${set.model ? ` by ${set.model}` : ""}. ${known} of ${cells.flat().length} combinations are in the project. What you pick and propose is accepted at once; a repeat is kept beside its twin.`}
          actions={<AskForSets project={project} pattern={pattern} variant="outlined" />}
        />
        <Questions project={project} />
        <BoardGrid ref={grid} set={set} cells={cells} picking={picking} />
      </main>
      <BoardKeyBar set={set} cells={cells} picking={picking} onUsed={() => grid.current?.focus()} />
    </div>
  );
}
