import type { LevelSource } from "@/db/enums";
import type { PairDetail } from "@/server/mining/pair-detail";

export type Detail = PairDetail;
export type Sheet = Detail["sheets"][number];
export type SheetLevel = Sheet["levels"][number];
export type Mark = Sheet["cells"][number]["marks"][number];

/** Tells a sheet from every other of its pair. */
export const sheetName = ({ generator, revision, promptSet, seedSet }: Sheet): string =>
  [
    `${generator}, revision ${revision}`,
    ...(promptSet > 1 ? [`prompts ${promptSet}`] : []),
    ...(seedSet > 1 ? [`seed set ${seedSet}`] : []),
  ].join(", ");

const isHuman = (source: LevelSource) => source !== "simulated" && source !== "automatic";

/** The Level that stands for a sheet: a person's if there is one, never a mix. */
export function levelOfRecord({ levels }: Pick<Sheet, "levels">): SheetLevel | null {
  const counted = levels.filter((level) => level.isOfRecord);
  return counted.find((level) => isHuman(level.source)) ?? counted[0] ?? null;
}

/** Sheets with a Level of record before those with none: newer prompts or a comparison's seeds do not push it down. */
export const recordFirst = <S extends Pick<Sheet, "levels">>(sheets: readonly S[]): S[] =>
  sheets.toSorted((a, b) => Number(!levelOfRecord(a)) - Number(!levelOfRecord(b)));

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

/** Its newest prompts are drawn by nobody, or no more: their run was cancelled. A comparison's images are its own. */
export function isToDraw({ promptSets, sheets }: Pick<Detail, "promptSets" | "sheets">): boolean {
  const newest = promptSets[0];
  const stands = ({ promptSetId, purpose, cells }: Sheet) =>
    promptSetId === newest?.id &&
    purpose !== "repair" &&
    !cells.some(({ imageId, state }) => imageId === null && state === "cancelled");
  return newest !== undefined && !sheets.some(stands);
}

const BEING_WRITTEN: readonly unknown[] = ["queued", "running", "waiting"];

/** Pressing Render is the next step: it is accepted, and its prompts are written and stand. */
export const isRenderNext = (detail: Pick<Detail, "pair" | "promptSets" | "sheets">): boolean =>
  detail.pair.state === "accepted" &&
  !BEING_WRITTEN.includes(detail.pair.promptsState) &&
  isToDraw(detail);

/** Images that a rater called broken. */
export const markedBroken = ({ cells }: Pick<Sheet, "cells">): number =>
  cells.filter(({ marks }) => marks.some(({ verdict }) => verdict === "broken")).length;

// Seeds are a set's own: whoever shares some of them, and is later, draws broken images of it again.
const isFollowed = (sheet: Sheet, sheets: readonly Sheet[]) =>
  sheets.some(
    (other) =>
      other.generatorRevisionId === sheet.generatorRevisionId &&
      other.promptSetId === sheet.promptSetId &&
      other.seedSet > sheet.seedSet &&
      other.seeds.some((seed) => sheet.seeds.includes(seed)),
  );

/** Rated, without a Level, because of broken images that nobody has drawn again yet. */
export const blockedSheets = (sheets: readonly Sheet[]): (Sheet & { gridId: string })[] =>
  sheets.flatMap((sheet) =>
    sheet.gridId !== null &&
    sheet.sittings > 0 &&
    markedBroken(sheet) > 0 &&
    levelOfRecord(sheet) === null &&
    !isFollowed(sheet, sheets)
      ? [{ ...sheet, gridId: sheet.gridId }]
      : [],
  );
