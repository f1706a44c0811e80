import type { LevelSource } from "@/db/enums";
import type { PairDetail } from "@/server/mining/pair-detail";

export type Detail = PairDetail;
export type Sheet = Detail["sheets"][number];
export type SheetLevel = Sheet["levels"][number];
export type Mark = Sheet["cells"][number]["marks"][number];

const isHuman = (source: LevelSource) => source !== "simulated" && source !== "automatic";

/** The Level that stands for a sheet: a person's if there is one, never a mix. */
export function levelOfRecord({ levels }: Pick<Sheet, "levels">): SheetLevel | null {
  const counted = levels.filter((level) => level.isOfRecord);
  return counted.find((level) => isHuman(level.source)) ?? counted[0] ?? null;
}

/** The mark to lie on an image: people's first, and only when they agree. */
export function markOf(marks: readonly Mark[]): (Mark & { differ: boolean }) | null {
  const people = marks.filter((mark) => !mark.isSimulated);
  const shown = people.length > 0 ? people : marks;
  const [first] = shown;
  if (!first) return null;
  return { ...first, differ: shown.some((mark) => mark.verdict !== first.verdict) };
}

export const imagesIn = (sheets: readonly Sheet[]): number =>
  sheets.flatMap((sheet) => sheet.cells).filter((cell) => cell.imageId !== null).length;
