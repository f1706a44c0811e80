import { describe, expect, test } from "vitest";
import { answerOffline } from "@/server/mining/domain/offline/answer-offline";
import { lexicon } from "@/server/mining/domain/offline/lexicon";
import { crossings, matchCrossing } from "@/server/mining/domain/offline/match-crossing";
import type { ExchangeContract } from "@/server/mining/exchanges/contract";
import { contracts } from "@/server/mining/exchanges/contracts";
import type { PatternWithYield } from "@/server/mining/exchanges/pattern-answer";
import { readAnswer } from "@/server/mining/exchanges/read-answer";

/** Takes the road of an LLM's answer: what breaks a rule of the contract fails the test. */
function ask<Input, Answer>(contract: ExchangeContract<Input, Answer>, input: Input): Answer {
  const said = answerOffline(contract.purpose, input);
  if ("refusal" in said) throw new Error(said.refusal);
  const raw = { text: JSON.stringify(said.answer), finishReason: "stop", isRefusal: false };
  const read = readAnswer(contract, input, raw);
  if (read.outcome !== "parsed") throw new Error(read.problems.join(". "));
  return read.value;
}

const pattern = (
  name: string,
  successes: PatternWithYield["successes"] = [],
): PatternWithYield => ({
  ...{ name, definition: "", category: "lcmis", rated: 0, level5: 0, successes, failures: [] },
});
const propose = (known: string[], n = 3, seed = 1) =>
  ask(contracts.propose_patterns, {
    patterns: known.map((name) => pattern(name)),
    ...{ known, guidance: [], n, seed },
  }).patterns;
const idsOf = ({ name, definition, examples }: ReturnType<typeof propose>[number]) => {
  const crossing = matchCrossing({ name, definition, exemplars: examples });
  return `${crossing?.content.id} in ${crossing?.host.id}`;
};

describe("new patterns", () => {
  test("are families that no pattern covers, then crossings, until all sixteen have a name", () => {
    const known = ["Beverage and incorrect container"];
    const named: string[] = [];
    for (let round = 0; named.length < 15; round += 1)
      for (const found of propose(known, 4, round)) {
        named.push(idsOf(found));
        known.push(found.name);
      }

    expect(named.slice(0, 3)).toEqual(["F2 in F2", "F3 in F3", "F4 in F4"]);
    expect(new Set([...named, "F1 in F1"]).size).toBe(crossings.length);
    expect(() => propose(known)).toThrow("all of them have a pattern");
  });

  test("are equal for equal seeds", () => {
    expect(propose([], 9, 4)).toEqual(propose([], 9, 4));
    expect(propose([], 9, 4)).not.toEqual(propose([], 9, 5));
  });

  test("can be expanded by their name alone, before anybody accepted a pair", () => {
    for (const { name, definition } of propose([], 16)) {
      const input = {
        pattern: { name, definition },
        ...{ exemplars: [], drawnWell: [], rejected: [], guidance: [], n: 20, seed: 3 },
      };
      expect(ask(contracts.expand_pattern, input).pairs).toHaveLength(20);
    }
  });
});

describe("of a generator that names what it can draw", () => {
  const drawable = lexicon.families
    .slice(0, 2)
    .flatMap(({ a, b }) => [...a, ...b].map(({ name }) => name));
  const asking = { drawable, guidance: [], seed: 1 };

  test("new patterns are its families and their crossings, and then there are none", () => {
    const input = { ...asking, patterns: [], known: [], n: 9 };
    const { patterns } = ask(contracts.propose_patterns, input);
    expect(patterns.map(idsOf).sort()).toEqual(["F1 in F1", "F1 in F2", "F2 in F1", "F2 in F2"]);
    const known = patterns.map(({ name }) => name);
    const rest = { ...input, patterns: known.map((name) => pattern(name)), known };
    expect(answerOffline("propose_patterns", rest)).toEqual({
      refusal: expect.stringContaining("It proposes only what the generator under test can draw."),
    });
  });

  test("a pattern of another family is refused, with the reason", () => {
    const name = "Fruit and incorrect tree";
    const input = { pattern: { name, definition: "" }, exemplars: [], n: 5, ...asking };
    const refused = { refusal: expect.stringContaining("can draw.") };
    expect(answerOffline("expand_pattern", input)).toEqual(refused);
    expect(answerOffline("concept_sets", { ...input, examples: [] })).toEqual(refused);
    const parents = ["Beverage and incorrect container", name].map((each) => pattern(each));
    expect(answerOffline("merge_patterns", { ...asking, parents, known: [] })).toEqual(refused);
  });
});

describe("crossing two patterns", () => {
  const merge = (one: string, other: string, known = [one, other]) =>
    ask(contracts.merge_patterns, {
      parents: [pattern(one), pattern(other)],
      ...{ known, guidance: [], seed: 1 },
    }).patterns;

  test("puts what is A in the one to what is B in the other, both ways", () => {
    const crossed = merge("Beverage and incorrect container", "Fruit and incorrect tree");
    expect(crossed.map(idsOf)).toEqual(["F1 in F3", "F3 in F1"]);
  });

  test("can be done again with its children, under new names", () => {
    const [first, second] = merge("Beverage and incorrect container", "Fruit and incorrect tree");
    const known = [first!.name, second!.name, "Beverage with the wrong container"];
    const again = merge(first!.name, second!.name, known);
    expect(again.map(({ name }) => name)).toEqual([
      "Beverage with the wrong container 2",
      "Fruit with the wrong tree",
    ]);
  });
});

test("two sets are the two word lists of the pattern's family", () => {
  const sets = ask(contracts.concept_sets, {
    pattern: { name: "Fruit and incorrect tree", definition: "" },
    ...{ examples: [], guidance: [], n: 20, seed: 1 },
  });
  const fruit = lexicon.families[2]!;
  expect(sets.a.toSorted()).toEqual(fruit.a.map(({ name }) => name).toSorted());
  expect(sets.b.toSorted()).toEqual(fruit.b.map(({ name }) => name).toSorted());
});

test("seeds are put to the family they belong to; a stranger is left out", () => {
  const seeds = [
    { a: "iced coke", b: "tea cup" },
    { a: "unicorn", b: "office" },
    { a: "desert", b: "penguin" },
    { a: "milk", b: "jar" },
  ];
  const { patterns } = ask(contracts.name_patterns, {
    pairs: seeds.map((pair, index) => ({ ...pair, latent: null, id: String(index) })),
    ...{ known: [], guidance: [], seed: 1 },
  });
  expect(patterns.map(({ pairs }) => pairs)).toEqual([[1, 4], [3]]);
});

test("every pair of the lexicon has a guess, an order and two descriptions that keep the rules", () => {
  for (const { content, host } of crossings)
    for (const a of content.a)
      for (const b of host.b) {
        const pair = { a: a.name, b: b.name, guidance: [] };
        if (content.b[content.a.indexOf(a)] !== b)
          ask(contracts.guess_latent, { ...pair, pattern: { name: "", definition: "" } });
        expect(ask(contracts.drawing_order, { ...pair, latent: null, prompt: null }).first).toBe(
          "b",
        );
        ask(contracts.describe_concepts, pair);
      }
});

test("what lies outside the lexicon is refused with what to do", () => {
  const input = { a: "unicorn", b: "office" };
  expect(answerOffline("describe_concepts", input)).toEqual({
    refusal: expect.stringContaining("Set up an LLM in Settings"),
  });
});
