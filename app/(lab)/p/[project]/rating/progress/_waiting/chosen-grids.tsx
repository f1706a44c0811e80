"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import type { OpenGrid } from "@/server/rating/list-open-grids";
import { many } from "../../../_board/board-words";
import { AssignDialog } from "./assign-dialog";
import { LetGo } from "./let-go";
import { PriorityDialog } from "./priority-dialog";

export type ChosenGridsProps = { project: string; grids: readonly OpenGrid[] };

/** What can be done with the grids that are chosen. */
export function ChosenGrids({ project, grids }: ChosenGridsProps) {
  const [layer, setLayer] = useState<"assign" | "priority" | null>(null);
  const close = () => setLayer(null);
  if (grids.length === 0) {
    return (
      <span className="small-print">Choose some to keep them for raters or put them first.</span>
    );
  }
  const pairIds = [...new Set(grids.map(({ pairId }) => pairId))];
  const seatIds = grids.flatMap(({ kept }) => kept.map(({ seatId }) => seatId));
  return (
    <>
      <Button size={26} onClick={() => setLayer("assign")}>
        Keep for raters …
      </Button>
      <Button size={26} onClick={() => setLayer("priority")}>
        Priority …
      </Button>
      {seatIds.length > 0 ? (
        <LetGo
          project={project}
          seats={{ seatIds }}
          words={many(seatIds.length, "kept seat")}
          trigger="Let kept seats go …"
        />
      ) : null}
      <span className="small-print">{many(grids.length, "grid")} chosen</span>
      {layer === "assign" ? (
        <AssignDialog project={project} pairIds={pairIds} onClose={close} />
      ) : null}
      {layer === "priority" ? (
        <PriorityDialog project={project} pairIds={pairIds} onClose={close} />
      ) : null}
    </>
  );
}
