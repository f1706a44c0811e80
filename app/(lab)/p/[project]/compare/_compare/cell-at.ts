import type { ShownPair } from "@/server/comparison/show-compared-pair";
import type { Place } from "../../pairs/[id]/_pair/sheet";

export type Sheet = ShownPair["fresh"][number];

/** The cell of a sheet that stands at a place. */
export const cellAt = (sheet: Sheet | undefined, { prompt, row }: Place) =>
  sheet?.cells.find((cell) => cell.prompt === prompt && cell.row === row);
