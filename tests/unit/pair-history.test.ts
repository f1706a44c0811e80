import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PAIR_WORDS, pairWords } from "@/app/(lab)/p/[project]/pairs/[id]/_pair/history-words";
import { DecideDuplicate, DecidePair } from "@/server/mining/schemas";

// What a decision is about stands before the dot of its action.
const OF_A_PAIR = ["duplicate", "exemplar", "grid", "look", "method_input", "pair", "prompts"];
const OF_OTHERS = [
  "allocation",
  "batch",
  "gold",
  "guidelines",
  "grids",
  "round",
  "seats",
  "budget",
  "concept-set",
  "guidance",
  "import",
  "inquiry",
  "loop",
  "meaning",
  "pairs",
  "pattern",
  "phase",
  "project",
  "render",
  "repair",
  "run",
  "scoring",
  "sitting",
];

const sources = readdirSync("server", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith(".ts"))
  .map((file) => readFileSync(join("server", file), "utf8"))
  .filter((text) => text.includes("recordDecision"));
const actions = new Set(
  sources.flatMap((text) =>
    [...text.matchAll(/action: (?:"([^"]+)"|`([^`]+)`)/g)].map(
      (found) => found[1] ?? found[2] ?? "",
    ),
  ),
);

// Those that the code puts together from what was decided.
const COMPOSED: Record<string, readonly string[]> = {
  "pair.${decision.decision}": DecidePair.options.map(({ shape }) => shape.decision.value),
  "duplicate.${decision}": DecideDuplicate.shape.decision.options,
};
const spelled = [...actions].flatMap((action) => {
  const ends = COMPOSED[action];
  return ends ? ends.map((end) => `${action.split(".")[0]}.${end}`) : [action];
});
const subjectOf = (action: string) => action.split(".")[0] ?? "";

test("every kind of decision is known to be about a pair or about something else", () => {
  expect(spelled.length).toBeGreaterThan(30);
  const unknown = spelled.filter((one) => ![...OF_A_PAIR, ...OF_OTHERS].includes(subjectOf(one)));
  expect(unknown).toEqual([]);
});

test("the history of a pair has words for everything that the code records about one", () => {
  const aboutPairs = spelled.filter((one) => OF_A_PAIR.includes(subjectOf(one)));
  expect(aboutPairs).toContain("prompts.record");
  expect(aboutPairs.filter((one) => !(one in PAIR_WORDS))).toEqual([]);
  expect(pairWords("prompts.record", null)).toBe("The proposer wrote five prompts");
  expect(pairWords("pair.accept", "Ada")).toBe("accepted it");
});
