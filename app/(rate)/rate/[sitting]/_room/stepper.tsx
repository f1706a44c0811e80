"use client";

import { ChevronLeft, ChevronRight } from "lucide-react";
import { Button } from "@/app/_ui/button";
import { NOT_READY_CLASS } from "@/app/_ui/button-class";
import { cx } from "@/app/_ui/cx";
import { enlarged } from "@/app/(rate)/_session/image-address";
import type { Table } from "@/app/(rate)/_session/table";
import { shownCount } from "@/server/rating/domain/grid-progress";
import type { GridAction } from "@/server/rating/domain/grid-state";
import { FocusPanel } from "./focus-panel";
import { ImageLoader } from "./image-loader";
import { LoadFailure } from "./load-failure";
import { useAttempts } from "./use-attempts";
import type { KeyNames } from "./use-key-labels";
import { VERDICT_LOOK } from "./verdict-look";

export type StepperProps = {
  table: Table;
  keys: KeyNames;
  onAct: (action: GridAction) => void;
};

/** One image at a time where twenty would be too small: for fingers, and for a desktop at 200 %. */
export function Stepper({ table, keys, onAct }: StepperProps) {
  const { grid } = table;
  const { addressOf, askAgain } = useAttempts();
  const cell = grid.cells[grid.focus];
  if (!cell) return null;
  const go = (index: number) => onAct({ type: "focus", index });
  const retry = () => {
    askAgain(cell.imageId);
    onAct({ type: "load", index: grid.focus, load: "loading" });
  };
  const judge = (action: GridAction) => {
    const isFirst = cell.verdict === null;
    onAct(action);
    // While screening the grid itself leads on; what is judged anew stays in sight.
    if (action.type === "mark" && isFirst && grid.mode === "full") go(grid.focus + 1);
  };
  return (
    <section
      aria-label={`Image ${grid.focus + 1} of ${grid.cells.length}`}
      aria-busy={grid.cells.some(({ load }) => load === "loading")}
      className="grid content-start gap-3 [&_kbd]:hidden"
    >
      {cell.load === "failed" ? (
        <div className="grid aspect-square">
          <LoadFailure
            index={grid.focus}
            onRetry={retry}
            onFlag={(index) => onAct({ type: "flagBroken", index })}
          />
        </div>
      ) : (
        <img
          key={cell.imageId}
          src={enlarged(cell.imageId)}
          alt={`Number ${grid.focus + 1}`}
          draggable={false}
          className="mx-auto aspect-square w-full max-w-[min(100%,64vh)] rounded-1 bg-surface-well bg-contain object-contain"
          style={{ backgroundImage: `url("${addressOf(cell.imageId)}")` }}
        />
      )}
      <div className="flex items-center justify-between">
        <Button
          aria-label="Image before"
          className={NOT_READY_CLASS}
          aria-disabled={grid.focus === 0 || undefined}
          onClick={() => go(Math.max(0, grid.focus - 1))}
        >
          <ChevronLeft aria-hidden />
        </Button>
        <span>
          <b>Image {grid.focus + 1}</b> of {grid.cells.length}
        </span>
        <Button
          aria-label="Next image"
          className={NOT_READY_CLASS}
          aria-disabled={grid.focus + 1 >= shownCount(grid) || undefined}
          onClick={() => go(grid.focus + 1)}
        >
          <ChevronRight aria-hidden />
        </Button>
      </div>
      <div className="flex flex-col gap-3">
        <FocusPanel table={table} keys={keys} markKeys={null} onAct={judge} />
      </div>
      <Steps table={table} onGo={go} />
      <ImageLoader table={table} address={addressOf} onAct={onAct} />
    </section>
  );
}

function Steps({ table: { grid }, onGo }: { table: Table; onGo: (index: number) => void }) {
  const shown = shownCount(grid);
  return (
    <ol aria-label="All images" className="grid grid-cols-10 gap-1">
      {grid.cells.map(({ imageId, verdict }, index) => {
        const { word, Icon, edge, rail, ink } = VERDICT_LOOK[verdict ?? "unrated"];
        return (
          <li key={imageId}>
            <button
              type="button"
              aria-label={`Image ${index + 1}, ${index < shown ? word.toLowerCase() : "not shown yet"}`}
              aria-current={index === grid.focus ? "step" : undefined}
              disabled={index >= shown}
              onClick={() => onGo(index)}
              className={cx(
                "grid h-9 w-full place-items-center rounded-1 border bg-surface text-11 disabled:opacity-60 aria-[current]:shadow-focus [&_svg]:size-4",
                edge,
                rail,
                ink,
              )}
            >
              {verdict ? <Icon aria-hidden /> : index + 1}
            </button>
          </li>
        );
      })}
    </ol>
  );
}
