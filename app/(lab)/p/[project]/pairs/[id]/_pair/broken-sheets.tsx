import { StateLabel } from "@/app/_ui/state-label";
import { BrokenActions } from "../../../_broken/broken-actions";
import { blockedSheets, type Detail, markedBroken } from "./detail";

export type BrokenSheetsProps = { project: string; detail: Detail };

/** Grids that were rated and have no Level, with what a person can do about it; nothing when there is none. */
export function BrokenSheets({ project, detail: { pair, sheets } }: BrokenSheetsProps) {
  const blocked = pair.state === "accepted" ? blockedSheets(sheets) : [];
  if (blocked.length === 0) return null;
  return (
    <section aria-label="Broken images" className="panel mb-3 divide-y divide-line">
      {blocked.map((sheet) => (
        <div
          key={sheet.gridId}
          className="flex flex-wrap items-center gap-x-4 gap-y-1.5 px-3.5 py-2"
        >
          <StateLabel kind="waits">{brokenWords(markedBroken(sheet))}</StateLabel>
          <span className="text-12 text-ink-2">
            {sheet.generator}, revision {sheet.revision} has no Level. What raters said of the other
            images is carried over to the new grid.
          </span>
          <span className="ml-auto">
            <BrokenActions project={project} gridId={sheet.gridId} pairId={pair.id} />
          </span>
        </div>
      ))}
    </section>
  );
}

const brokenWords = (images: number) =>
  images === 1 ? "1 image is broken" : `${images} images are broken`;
