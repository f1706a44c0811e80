import { enlarged } from "@/app/(rate)/_session/image-address";
import type { Table } from "@/app/(rate)/_session/table";
import { shownCount } from "@/server/rating/domain/grid-progress";
import type { GridAction } from "@/server/rating/domain/grid-state";

const AHEAD = 2;

/** Fetches all 20 and, large, the next ones, so that no key ever waits; shows nothing. */
export function ImageLoader({
  table: { grid },
  address,
  onAct,
}: {
  table: Table;
  address: (imageId: string) => string;
  onAct: (action: GridAction) => void;
}) {
  const next = grid.cells.slice(shownCount(grid), shownCount(grid) + AHEAD);
  return (
    <div hidden>
      {grid.cells.map(({ imageId }, index) => (
        <img
          key={address(imageId)}
          src={address(imageId)}
          alt=""
          onLoad={() => onAct({ type: "load", index, load: "ready" })}
          onError={() => onAct({ type: "load", index, load: "failed" })}
        />
      ))}
      {next.map(({ imageId }) => (
        <img key={enlarged(imageId)} src={enlarged(imageId)} alt="" />
      ))}
    </div>
  );
}
