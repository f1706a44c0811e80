import { Button } from "@/app/_ui/button";
import { Key } from "@/app/_ui/key";
import { PairName } from "@/app/_ui/pair-name";
import { PICKS_MOST } from "@/server/mining/domain/pattern-input";
import type { BoardGridProps } from "./board-grid";
import { cellWords } from "./cell-words";

/** `onUsed`: a button was pressed here, and the keys should go on working on the grid. */
export type BoardKeyBarProps = BoardGridProps & { onUsed: () => void };

/** The cell under the cursor in words, and the keys. */
export function BoardKeyBar({ set, cells, picking, onUsed }: BoardKeyBarProps) {
  const { row, column } = picking.cursor;
  const cell = cells[row]?.[column];
  const count = picking.picks.length;
  return (
    <footer className="flex items-center gap-3.5 border-t border-line bg-surface px-4 text-12 whitespace-nowrap text-ink-2">
      <Button
        size={26}
        variant="primary"
        busy={picking.isSending && "Proposing"}
        notReady={count === 0 && "Pick a combination first"}
        onClick={() => {
          picking.send();
          onUsed();
        }}
      >
        Propose {count} {count === 1 ? "pair" : "pairs"} <Key onAccent>↵</Key>
      </Button>
      {count > 0 ? (
        <Button
          size={26}
          variant="quiet"
          onClick={() => {
            picking.clear();
            onUsed();
          }}
        >
          Clear
        </Button>
      ) : null}
      <span className="h-[18px] w-px bg-line" />
      <span className="inline-flex items-center gap-1.5">
        <Key>←</Key>
        <Key>↑</Key>
        <Key>↓</Key>
        <Key>→</Key> move
      </span>
      <span className="inline-flex items-center gap-1.5">
        <Key>Space</Key> pick
      </span>
      <span className="inline-flex items-center gap-1.5">
        <Key>⌫</Key> unpick the last
      </span>
      <span role="status" className="ml-auto min-w-0 truncate text-13">
        <PairName a={set.conceptsA[row] ?? ""} b={set.conceptsB[column] ?? ""} />
        <span className="text-ink-3">
          {" "}
          {picking.isPicked(picking.cursor) ? "picked" : cell ? cellWords(cell) : ""}
        </span>
      </span>
      <span className="text-ink-3">
        {count} of {PICKS_MOST}
      </span>
    </footer>
  );
}
