import { enlarged, fullSize } from "@/app/(rate)/_session/image-address";
import type { Table } from "@/app/(rate)/_session/table";
import { shownCount } from "@/server/rating/domain/grid-progress";
import { neighboursOf } from "@/server/rating/domain/move-cursor";

/** The image under the cursor at full size, what stands left and right of it beside it. */
export function Zoom({ table: { grid }, columns }: { table: Table; columns: number }) {
  const cell = grid.cells[grid.focus];
  if (!cell) return null;
  const { left, right } = neighboursOf(grid.focus, {
    mode: grid.mode,
    shown: shownCount(grid),
    columns,
  });
  return (
    <div className="fixed inset-0 z-40 grid grid-cols-[minmax(0,1fr)_auto_minmax(0,1fr)] items-center gap-4 bg-scrim p-4 max-[999px]:grid-cols-1 max-[999px]:justify-items-center">
      <Beside index={left} grid={grid} />
      <img
        src={fullSize(cell.imageId)}
        alt={`Number ${grid.focus + 1}, full size`}
        className="size-[min(92vh,92vw)] bg-surface-well bg-contain bg-center bg-no-repeat object-contain shadow-float min-[1000px]:max-w-[64vw]"
        style={{ backgroundImage: `url("${enlarged(cell.imageId)}")` }}
      />
      <Beside index={right} grid={grid} />
    </div>
  );
}

function Beside({ index, grid }: { index: number | null; grid: Table["grid"] }) {
  const cell = index === null ? undefined : grid.cells[index];
  if (!cell || index === null) return <span className="max-[999px]:hidden" />;
  return (
    <figure className="grid justify-items-center gap-2 max-[999px]:hidden">
      <img
        src={enlarged(cell.imageId)}
        alt={`Number ${index + 1}, beside it`}
        className="aspect-square w-full max-w-[420px] bg-surface-well object-contain"
      />
      <figcaption className="rounded-1 bg-surface px-1.5 text-12 text-ink">{index + 1}</figcaption>
    </figure>
  );
}
