import { Dialog } from "@/app/_ui/dialog";
import { markOf, type Sheet } from "./detail";
import type { Place } from "./sheet";

export type ZoomDialogProps = {
  sheets: readonly Sheet[];
  place: Place;
  open: boolean;
  onOpenChange: (open: boolean) => void;
};

/** The marked image of each sheet, large, side by side. */
export function ZoomDialog({ sheets, place, open, onOpenChange }: ZoomDialogProps) {
  const shown = sheets.slice(0, 2).flatMap((sheet) => {
    const cell = sheet.cells.find(
      ({ prompt, row }) => prompt === place.prompt && row === place.row,
    );
    return cell?.imageId ? [{ sheet, cell, imageId: cell.imageId }] : [];
  });
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={`Prompt ${place.prompt}, seed ${place.row + 1}`}
      width={shown.length > 1 ? 1100 : 560}
    >
      {shown.length === 0 ? <p>This image was not drawn.</p> : null}
      <div className="grid grid-flow-col gap-4">
        {shown.map(({ sheet, cell, imageId }) => (
          <figure key={imageId}>
            <img
              src={`/api/images/${imageId}?w=full`}
              alt={`By ${sheet.generator}, seed ${cell.seed}`}
              className="aspect-square w-full rounded-1 bg-surface-well"
            />
            <figcaption className="mt-2 flex flex-wrap gap-x-3 text-12 text-ink-3">
              <span>
                {sheet.generator}, revision {sheet.revision}
              </span>
              <span>seed {cell.seed}</span>
              <span>{markOf(cell.marks)?.verdict ?? "not rated"}</span>
              <a href={`/api/images/${imageId}?original`} className="link">
                Original
              </a>
            </figcaption>
          </figure>
        ))}
      </div>
    </Dialog>
  );
}
