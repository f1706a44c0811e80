import { Dialog } from "@/app/_ui/dialog";
import { Key } from "@/app/_ui/key";
import { LevelChip } from "@/app/_ui/level-chip";
import { useKeys } from "@/app/_ui/use-keys";
import { shownLevel } from "@/server/rating/domain/level";
import { NotesOnImage } from "../../../_generators/notes-on-image";
import { seedWords, takeSeeds } from "../../../_generators/seed-words";
import { levelOfRecord, markOf, type Sheet } from "./detail";
import type { Place } from "./sheet";
import { stepPlace } from "./step-place";

export type SameSeedDialogProps = {
  sheets: readonly Sheet[];
  place: Place;
  onPlace: (place: Place) => void;
  onOpenChange: (open: boolean) => void;
};

type Shown = { sheet: Sheet; cell: Sheet["cells"][number]; imageId: string };

/** The same prompt and seed by every generator, large, side by side. Arrows walk through all twenty. */
export function SameSeedDialog({ sheets, place, onPlace, onOpenChange }: SameSeedDialogProps) {
  const shown = sheets.flatMap((sheet): Shown[] => {
    const cell = sheet.cells.find(
      ({ prompt, row }) => prompt === place.prompt && row === place.row,
    );
    return cell?.imageId ? [{ sheet, cell, imageId: cell.imageId }] : [];
  });
  const areSeeded = takeSeeds(shown.map(({ cell }) => cell));
  const seeds = new Set(shown.map(({ cell }) => cell.seed));
  useKeys(
    (key) => {
      const next = stepPlace(place, key);
      return next ? () => onPlace(next) : null;
    },
    { inDialog: true },
  );
  return (
    <Dialog
      open
      onOpenChange={onOpenChange}
      title={`Prompt ${place.prompt}, ${areSeeded ? "seed" : "image"} ${place.row + 1}`}
      width={shown.length > 1 ? 1100 : 560}
    >
      {shown.length === 0 ? <p>This image was not drawn.</p> : null}
      <div className="grid grid-cols-[repeat(auto-fit,minmax(240px,1fr))] gap-4">
        {shown.map((one) => (
          <SeedFigure key={one.imageId} {...one} />
        ))}
      </div>
      <p className="small-print mt-3 flex items-center gap-1">
        {areSeeded ? null : "Not the same seed: a model here takes none. "}
        {seeds.size > 1 ? "These sheets have different seeds. " : null}
        <Key>←</Key>
        <Key>→</Key>
        <Key>↑</Key>
        <Key>↓</Key> move
      </p>
    </Dialog>
  );
}

function SeedFigure({ sheet, cell, imageId }: Shown) {
  const level = levelOfRecord(sheet);
  return (
    <figure>
      <img
        src={`/api/images/${imageId}?w=full`}
        alt={`By ${sheet.generator}, revision ${sheet.revision}, ${seedWords(cell)}`}
        className="aspect-square max-h-[56vh] w-full rounded-1 bg-surface-well object-contain"
      />
      <figcaption className="mt-2 flex flex-wrap items-center gap-x-3 text-12 text-ink-3">
        <LevelChip
          level={level ? shownLevel(level) : null}
          simulated={level?.source === "simulated"}
        />
        <span>
          {sheet.generator}, revision {sheet.revision}
        </span>
        <span>{seedWords(cell)}</span>
        <span>{sayMarks(cell)}</span>
        <a href={`/api/images/${imageId}?original`} className="link">
          Original
        </a>
      </figcaption>
      <NotesOnImage notes={cell.notes} />
    </figure>
  );
}

function sayMarks({ marks }: Shown["cell"]): string {
  const mark = markOf(marks);
  if (!mark) return "not rated";
  if (!mark.differ) return mark.verdict;
  const people = marks.filter(({ isSimulated }) => isSimulated === mark.isSimulated);
  const correct = people.filter(({ verdict }) => verdict === "correct").length;
  return `${correct} of ${people.length} say correct`;
}
