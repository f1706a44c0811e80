import { expect, test } from "vitest";
import {
  type Classes,
  chanceOf,
  JUDGE_SETTINGS,
  MALFORMED,
  type Verdict,
} from "@/gpu-bridge/local/engine/oracle-verdict";
import { readWorld } from "@/gpu-bridge/local/read-world";
import { vocabularyOf } from "@/gpu-bridge/local/scene/vocabulary";
import { automaticVerdict, judgeRule } from "@/server/metrics/domain/automatic-verdict";

const { lexicon } = readWorld();
const classes: Classes = {
  contents: lexicon.families.flatMap(({ contents }) => contents.map(({ name }) => name)),
  hosts: lexicon.families.flatMap(({ hosts }) => hosts.map(({ name }) => name)),
};
const world = { vocabulary: vocabularyOf({ lexicon }), classes };

/** Probabilities of a head: these names have so much, class 0 (none) the rest. */
function head(names: readonly string[], sure: Record<string, number>) {
  const strange = Object.keys(sure).filter((name) => !names.includes(name));
  if (strange.length > 0) throw new Error(`The oracle has no class ${strange}`);
  const chances = names.map((name) => sure[name] ?? 0);
  const rest = 1 - chances.reduce((sum, chance) => sum + chance, 0);
  return Float32Array.from([rest, ...chances]);
}
type Seen = { item?: Record<string, number>; host?: Record<string, number>; malformed?: number };
const picture = ({ item = {}, host = {}, malformed = 0 }: Seen): Verdict => ({
  item: head(classes.contents, item),
  host: head(classes.hosts, host),
  garbage: Float32Array.from([1 - malformed, malformed]),
});
const says = (seen: Seen, ...texts: string[]) =>
  texts.map((text) => chanceOf(world, picture(seen), text));

const COKE_IN_GLASS = {
  item: { "iced coke": 0.75 },
  host: { "tumbler glass": 0.875, "tea cup": 0.125 },
};

test("a text has the probability of what it names, in any of its words, and the product of all that it names", () => {
  expect(
    says(COKE_IN_GLASS, "iced coke", "a tea cup", "Tea cups", "a tea cup of iced coke"),
  ).toEqual([0.75, 0.125, 0.125, 0.75 * 0.125]);
});

test("what the picture does not show has no chance, and what names nothing of the world is abstained on", () => {
  expect(says(COKE_IN_GLASS, "orange juice", "a samovar")).toEqual([0, -1]);
});

test.each([
  ["is malformed", { ...COKE_IN_GLASS, malformed: 0.75 }],
  [
    "leaves the host unsure",
    { ...COKE_IN_GLASS, host: { "tumbler glass": 0.375, "tea cup": 0.375 } },
  ],
  [
    "leaves the content unsure",
    { ...COKE_IN_GLASS, item: { "iced coke": 0.375, "hot tea": 0.375 } },
  ],
] as [string, Seen][])(
  "the oracle abstains on a picture that %s, whatever a text names",
  (_, seen) => {
    expect(says(seen, "iced coke", "tea cup", "a tea cup of iced coke")).toEqual([-1, -1, -1]);
    expect(says(seen, MALFORMED)).toEqual([seen.malformed ?? 0]);
  },
);

test("its settings make it an automatic judge to the platform: a substituted host is incorrect, a malformed picture an abstention", () => {
  const rule = judgeRule(JUDGE_SETTINGS)!;
  const verdictOn = (seen: Seen, b: string) =>
    automaticVerdict(Math.min(...says(seen, "iced coke", b)), rule);
  expect(verdictOn(COKE_IN_GLASS, "tumbler glass")).toBe("correct");
  expect(verdictOn(COKE_IN_GLASS, "tea cup")).toBe("incorrect");
  expect(verdictOn({ ...COKE_IN_GLASS, malformed: 0.75 }, "tumbler glass")).toBe("abstained");
});
