import { expect, test } from "vitest";
import {
  type Detail,
  isToDraw,
  recordFirst,
  type Sheet,
  type SheetLevel,
} from "@/app/(lab)/p/[project]/pairs/[id]/_pair/detail";

const level = (isOfRecord: boolean) => ({ source: "rater", isOfRecord }) as SheetLevel;
const sheet = (name: string, ...levels: SheetLevel[]) => ({ name, levels });

test("a sheet with a Level of record stands before newer ones without, which keep their order", () => {
  const sheets: readonly (Pick<Sheet, "levels"> & { name: string })[] = [
    sheet("newer prompts, not rated"),
    sheet("a comparison's seeds", level(false)),
    sheet("of record", level(false), level(true)),
    sheet("another generator's, of record", level(true)),
  ];
  expect(recordFirst(sheets).map(({ name }) => name)).toEqual([
    "of record",
    "another generator's, of record",
    "newer prompts, not rated",
    "a comparison's seeds",
  ]);
});

test("a pair's newest prompts are to draw where no run stands that draws them", () => {
  const promptSets = [{ id: "new" }, { id: "old" }] as Detail["promptSets"];
  const drawn = (promptSetId: string, purpose: string, ...states: string[]) =>
    ({
      promptSetId,
      purpose,
      cells: states.map((state) => ({ state, imageId: state === "done" ? "image" : null })),
    }) as Sheet;
  const asked = (...sheets: Sheet[]) => isToDraw({ promptSets, sheets });

  expect(asked()).toBe(true);
  expect(asked(drawn("new", "mining", "done", "queued"))).toBe(false);
  expect(asked(drawn("new", "mining", "done", "failed"))).toBe(false);
  expect(asked(drawn("new", "mining", "done", "cancelled"))).toBe(true);
  expect(asked(drawn("old", "mining", "done"), drawn("new", "repair", "done"))).toBe(true);
  expect(isToDraw({ promptSets: [], sheets: [] })).toBe(false);
});
