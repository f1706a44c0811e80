import { expect, test } from "vitest";
import { promptsToReword } from "@/app/(lab)/p/[project]/pairs/[id]/_pair/prompts-to-reword";

type Told = Parameters<typeof promptsToReword>[0];
const set = (id: string, ...texts: string[]) =>
  ({ id, prompts: texts.map((text) => ({ text })) }) as Told["promptSets"][number];
const told = (sheets: Told["sheets"], rewording: Told["added"]["rewording"] = null) =>
  promptsToReword({
    promptSets: [set("new", "c", "d"), set("mined", "a", "c"), set("idle", "x")],
    sheets,
    added: { rewording } as Told["added"],
  });

test("the newest prompts and those that were mined with have a field, each once", () => {
  expect(told([])).toEqual(["c", "d"]);
  expect(told([{ promptSetId: "mined", purpose: "mining" }])).toEqual(["c", "d", "a"]);
  expect(told([{ promptSetId: "idle", purpose: "precheck" }])).toEqual(["c", "d"]);
});

test("what has other words keeps its field, so that no edit drops it", () => {
  expect(told([], { prompts: [{ from: "z", to: "zz" }] })).toEqual(["c", "d", "z"]);
});
