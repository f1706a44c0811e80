import { Check, Equal, EqualApproximately, Minus } from "lucide-react";
import { type ReactNode, type RefObject, useId } from "react";
import { cx } from "@/app/_ui/cx";
import type { BoardCell } from "@/server/mining/domain/pair-board";
import { cellWords } from "./cell-words";
import { type Place, placeKey } from "./picks";
import type { Picking } from "./use-board";

export type BoardGridProps = {
  set: { conceptsA: readonly string[]; conceptsB: readonly string[] };
  cells: readonly (readonly BoardCell[])[];
  picking: Picking;
};

/** A down, B across. The grid holds the focus; the cursor's row and column are marked, to be read from the edges. */
export function BoardGrid({
  set,
  cells,
  picking,
  ref,
}: BoardGridProps & { ref: RefObject<HTMLTableElement | null> }) {
  const { cursor } = picking;
  const id = useId();
  const idOf = (place: Place) => `${id} ${placeKey(place)}`.replaceAll(" ", "-");
  return (
    <table
      ref={ref}
      // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose cells arrow keys move in is a grid.
      role="grid"
      tabIndex={0}
      aria-label="Combinations of A and B"
      aria-multiselectable
      aria-activedescendant={idOf(cursor)}
      onKeyDown={picking.onKeyDown}
      // The cursor is the focus; a ring around the whole grid would hide it.
      className="w-max border-collapse text-12 outline-none focus-visible:shadow-none"
    >
      <thead>
        <tr>
          <th scope="col" className="pr-2 pb-1 text-right align-bottom small-print">
            A ↓ · B →
          </th>
          {set.conceptsB.map((concept, column) => (
            <th
              key={concept}
              scope="col"
              className={cx(
                "h-28 pb-1 text-center align-bottom",
                EDGE[String(column === cursor.column)],
              )}
            >
              <span className="inline-block max-h-28 w-4 rotate-180 truncate text-left leading-4 [writing-mode:vertical-rl]">
                {concept}
              </span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {set.conceptsA.map((concept, row) => (
          <tr key={concept}>
            <th
              scope="row"
              className={cx("max-w-44 truncate pr-2 text-right", EDGE[String(row === cursor.row)])}
            >
              {concept}
            </th>
            {set.conceptsB.map((other, column) => (
              <GridCell
                key={other}
                id={idOf({ row, column })}
                label={`${concept} × ${other}`}
                place={{ row, column }}
                cell={cells[row]?.[column] ?? { kind: "same" }}
                picking={picking}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const EDGE: Record<string, string> = {
  true: "font-mid text-ink",
  false: "font-normal text-ink-2",
};

type GridCellProps = {
  id: string;
  label: string;
  place: Place;
  cell: BoardCell;
  picking: Picking;
};

function GridCell({ id, label, place, cell, picking }: GridCellProps) {
  const isPicked = picking.isPicked(place);
  const says = `${label}: ${isPicked ? "picked" : cellWords(cell)}`;
  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: in a table that is a grid, a td is a gridcell.
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid around it hears the keys.
    <td
      id={id}
      aria-selected={isPicked}
      aria-label={says}
      title={says}
      onClick={() => picking.toggle(place)}
      className={cx(
        "h-[25px] w-11 cursor-default border border-line p-0 text-ink-3 [&_svg]:mx-auto [&_svg]:size-3.5",
        lookOf(place, cell, picking),
      )}
    >
      {isPicked ? <Check aria-hidden className="text-accent" /> : MARK[cell.kind]}
    </td>
  );
}

function lookOf(place: Place, cell: BoardCell, { cursor, isPicked }: Picking): string {
  const isHere = place.row === cursor.row && place.column === cursor.column;
  const isInLine = place.row === cursor.row || place.column === cursor.column;
  const ring = isHere ? "outline-2 -outline-offset-1 outline-accent " : "";
  if (isPicked(place)) return `${ring}bg-accent-tint`;
  if (cell.kind !== "free" && cell.kind !== "alike") return `${ring}bg-surface-sunken`;
  return ring + (isInLine ? "bg-surface-hover" : "bg-surface");
}

const MARK = {
  free: null,
  known: <Equal aria-hidden />,
  alike: <EqualApproximately aria-hidden className="text-warn" />,
  repeat: <Minus aria-hidden />,
  same: <Minus aria-hidden />,
} satisfies Record<BoardCell["kind"], ReactNode>;
