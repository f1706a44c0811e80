import { expect, test } from "vitest";
import type { Sheet, SheetLevel } from "@/app/(lab)/p/[project]/pairs/[id]/_pair/detail";
import { repairAddress } from "@/app/(lab)/p/[project]/pairs/[id]/_pair/repair-address";
import type { PairDetail } from "@/server/mining/pair-detail";

const FIVE = { level: 5, source: "rater", isOfRecord: true } as SheetLevel;
const addressOf = (
  level: Partial<SheetLevel>,
  method = "sdxl",
  state: PairDetail["pair"]["state"] = "accepted",
) => {
  const sheet = { generatorRevisionId: "revision", method, levels: [{ ...FIVE, ...level }] };
  const pair = { id: "pair", state } as PairDetail["pair"];
  return repairAddress("tea", { pair, sheets: [sheet as Sheet] });
};

test("a pair at Level 5 leads to a comparison of it alone, against the generator that has it there", () => {
  const address = "/p/tea/compare/new?baseline=revision&pair=pair";
  expect(addressOf({})).toBe(address);
  expect(addressOf({ source: "simulated" })).toBe(address);
});

test("a pair leads to no comparison that could not take it", () => {
  expect(addressOf({ level: 4 })).toBeNull();
  // A comparison's own Level, beside the one of record.
  expect(addressOf({ isOfRecord: false })).toBeNull();
  expect(addressOf({ source: "automatic" })).toBeNull();
  // Its images were only brought in: nobody draws them anew.
  expect(addressOf({}, "imported")).toBeNull();
  expect(addressOf({}, "sdxl", "set_aside")).toBeNull();
});
