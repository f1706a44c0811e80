"use client";

import { EmptyState } from "@/app/_ui/empty-state";
import { Skeleton } from "@/app/_ui/skeleton";
import type { SessionState } from "@/app/(rate)/_session/session-state";
import { GoOnElsewhere } from "./go-on-elsewhere";

export type RoomStageProps = {
  project: string;
  stage: SessionState["stage"];
  refusal: string | null;
  onUndo: () => void;
};

/** What stands where the grid would be while there is none. */
export function RoomStage({ project, stage, refusal, onUndo }: RoomStageProps) {
  if (stage === "refused") {
    return (
      <main className="grid place-items-center">
        <EmptyState
          title="No more grids for now."
          actions={<GoOnElsewhere project={project} onUndo={onUndo} />}
        >
          {refusal}
        </EmptyState>
      </main>
    );
  }
  if (stage === "empty") {
    return (
      <main className="grid place-items-center">
        <EmptyState
          title="Nothing is left to rate."
          actions={<GoOnElsewhere project={project} onUndo={onUndo} />}
        >
          New grids appear here as soon as their images are drawn.
        </EmptyState>
      </main>
    );
  }
  if (stage === "offline") {
    return (
      <main className="grid place-items-center">
        <EmptyState title="The next grid is out of reach.">
          Everything you rated is kept in this browser. The grid comes as soon as the server answers
          again.
        </EmptyState>
      </main>
    );
  }
  return <GridSkeleton />;
}

/** The images, and beside them the one under the cursor; one image alone on a phone. */
export const ROOM_MAIN =
  "grid min-h-0 grid-cols-[minmax(0,1fr)_268px] gap-4 px-3 pt-1.5 pb-2 min-[1600px]:grid-cols-[minmax(0,1fr)_420px] min-[1600px]:gap-6 max-[1000px]:grid-cols-[minmax(0,1fr)_240px] max-[700px]:grid-cols-1 max-[700px]:content-start";

const CELLS = Array.from({ length: 20 }, (_, index) => index);

function GridSkeleton() {
  return (
    <main aria-busy aria-label="The next grid is on its way" className={ROOM_MAIN}>
      <div className="grid min-h-0 grid-cols-5 grid-rows-[68px_repeat(4,minmax(0,1fr))] gap-x-2 gap-y-1.5 max-[1000px]:grid-cols-3 max-[1000px]:grid-rows-[repeat(7,minmax(168px,1fr))] max-[700px]:hidden">
        <span className="col-span-5 max-[1000px]:hidden" />
        {CELLS.map((cell) => (
          <Skeleton key={cell} className="rounded-2" />
        ))}
      </div>
      <Skeleton className="aspect-square rounded-1" />
    </main>
  );
}
