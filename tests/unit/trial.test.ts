import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readWorld } from "@/gpu-bridge/local/read-world";
import { oddsOf } from "@/gpu-bridge/local/scene/plan-scene";
import { pairKey } from "@/server/mining/domain/pair-key";
import { expandPattern } from "@/server/mining/exchanges/expand-pattern";
import counts from "@/trial/data/testbed-co-occurrence.json";
import { CoOccurrence, coOccurrence, noisyKnowledge } from "@/trial/llm/knowledge";
import { scriptedLlm } from "@/trial/llm/scripted-llm";
import { areaUnder, discoveryCurve, oracleCurve } from "@/trial/report/discovery";
import { pairedRatio } from "@/trial/report/ratio";
import { plotCurves, tableOf } from "@/trial/report/show";
import { summaryOf } from "@/trial/report/summary";
import { runTrials } from "@/trial/run-trials";
import { makeCoOccurrence } from "@/trial/world/make-co-occurrence";
import { peopleOf } from "@/trial/world/people";
import { sketchWorld } from "@/trial/world/sketch-world";
import { testbedWorld } from "@/trial/world/testbed-world";
import { isTrueLevel5, universeOf } from "@/trial/world/universe";

const world = readWorld();
const universe = universeOf(world);

describe("the universe", () => {
  test("holds every pair of content and host once, but the typical ones", () => {
    const { families } = world.lexicon;
    const contents = new Set(families.flatMap((family) => family.contents.map(({ name }) => name)));
    const typical = families.flatMap((family) =>
      family.contents.map(({ name }, at) => pairKey(name, family.hosts[at]!.name)),
    );
    expect(universe).toHaveLength(contents.size * 48 - typical.length);
    const keys = new Set(universe.map(({ key }) => key));
    expect(keys.size).toBe(universe.length);
    expect(typical.filter((key) => keys.has(key))).toEqual([]);
  });

  test("has a true Level 5 where none of 20 is more likely than not", () => {
    const odds = (a: string, b: string) => universe.find((pair) => pair.a === a && pair.b === b)!;
    expect(isTrueLevel5(world, odds("iced coke", "tea cup"))).toBe(true);
    expect(isTrueLevel5(world, odds("iced coke", "jug"))).toBe(false);
    expect(universe.filter((pair) => isTrueLevel5(world, pair))).toHaveLength(391);
  });
});

describe("Tiny World as a world", () => {
  // Of milk the oracle saw nothing right in a cup, and the third image of a jug.
  const firstCorrect = { milk: { "tea cup": 0, jug: 3 }, cow: { beach: 20, sea: 0 } };
  const table = { weights: "w", oracle: "o", seeds: [1], families: ["F1", "F2"], firstCorrect };
  const small = testbedWorld(table, CoOccurrence.parse(counts));

  test("has for its truth the pairs of which no image was correct", () => {
    expect(small.truth).toEqual(new Set([pairKey("milk", "tea cup"), pairKey("cow", "sea")]));
    expect(small.families.map(({ id }) => id)).toEqual(["F1", "F2"]);
  });

  test("lets a rater stop at the first correct image, and takes no pair that was not measured", () => {
    const { rate, approve } = small.peopleOf(1);
    expect(rate({ a: "jug", b: "milk" })).toEqual({ isLevel5: false, images: 3 });
    expect(rate({ a: "cow", b: "the sea" })).toEqual({ isLevel5: true, images: 20 });
    expect(approve({ a: "cow", b: "desert" })).toBe(false);
    expect(() => rate({ a: "cow", b: "desert" })).toThrow("no pair of this world");
  });

  test("counts what the model was trained on: typical pairs most, held-out ones and crosses never", () => {
    const of = small.coOccurrence.counts;
    const { "tumbler glass": typical = 0, ...elsewhere } = of["iced coke"] ?? {};
    expect(typical).toBe(1980);
    expect(typical).toBeGreaterThan(20 * Math.max(...Object.values(elsewhere)));
    expect(elsewhere.desert).toBe(0);
    expect(Object.keys(of)).toHaveLength(24);
  });

  test("is played from its first family to the second and on to their crosses", () => {
    const whole = Object.fromEntries(
      small.families.flatMap(({ a }) =>
        a.map(({ name }, at) => [
          name,
          Object.fromEntries(
            small.families.flatMap(({ b }) => b.map((host, to) => [host.name, (at * to) % 4])),
          ),
        ]),
      ),
    );
    const world = testbedWorld({ ...table, firstCorrect: whole }, small.coOccurrence);
    const { trials } = runTrials(world, { firstSeed: 3, seeds: 1 });
    const phases = new Set(trials[0]?.runs.loop.rated.map(({ phase }) => phase));
    expect(phases.has(1) && phases.has(3)).toBe(true);
  });
});

describe("the co-occurrence table", () => {
  test("is what its maker makes of this world", () => {
    expect(coOccurrence()).toEqual(makeCoOccurrence(world));
  });

  test("goes with the odds of untypical pairs by half, and knows typical pairs well", () => {
    const { counts } = coOccurrence();
    const logs = universe.map(({ a, b }) => Math.log1p(counts[a]![b]!));
    const odds = universe.map(({ content, host }) => oddsOf(world, content, host));
    const rho = correlation(logs, odds);
    expect(rho).toBeGreaterThan(0.4);
    expect(rho).toBeLessThan(0.55);
    expect(counts["iced coke"]!["tumbler glass"]).toBeGreaterThan(500);
  });
});

describe("a simulated rater", () => {
  test("says the same of a pair each time, and stops at the first correct image", () => {
    const rater = peopleOf(world, universe, 3);
    const often = universe.filter(({ content, host }) => oddsOf(world, content, host) > 0.9);
    for (const pair of often.slice(0, 20)) {
      const rating = rater.rate(pair);
      expect(rating).toEqual(rater.rate({ a: pair.b, b: pair.a }));
      expect(rating.isLevel5).toBe(false);
      expect(rating.images).toBeLessThan(6);
    }
  });

  test("sees none of 20 where the odds are none", () => {
    const rater = peopleOf(world, universe, 3);
    const never = universe.filter(({ content, host }) => oddsOf(world, content, host) === 0);
    expect(never.slice(0, 50).map((pair) => rater.rate(pair))).toEqual(
      Array(50).fill({ isLevel5: true, images: 20 }),
    );
  });
});

describe("the scripted LLM", () => {
  const ask = (n: number, proven: string[][] = [], fine: string[][] = []) =>
    expandPattern.messages({
      pattern: { name: "contents with containers", definition: "" },
      exemplars: proven.map(([a = "", b = ""]) => ({ a, b, latent: null, isProven: true })),
      drawnWell: fine.map(([a = "", b = ""]) => ({ a, b })),
      rejected: [],
      guidance: [],
      n,
      seed: 1,
    });
  const pairsOf = (text: string): { a: string; b: string }[] => JSON.parse(text).pairs;
  const fresh = () => scriptedLlm(noisyKnowledge(coOccurrence(), 1), 1);

  test("repeats itself more and more as it runs dry", () => {
    const llm = fresh();
    const repeats = Array.from({ length: 12 }, () => pairsOf(llm.expand(ask(30), 1)));
    const known = new Set<string>();
    const news = repeats.map((pairs) => {
      const keys = pairs.map(({ a, b }) => pairKey(a, b));
      const count = keys.filter((key) => !known.has(key)).length;
      for (const key of keys) known.add(key);
      return count;
    });
    expect(news[0]).toBeGreaterThan(20);
    expect(news.at(-1)).toBeLessThan(10);
  });

  test("says more of what its prompt shows to have worked, and less of what was drawn well", () => {
    const count = (text: string, concept: string) =>
      pairsOf(text).filter(({ a, b }) => a === concept || b === concept).length;
    const worked = ["jug", "jar", "pot"].map((host) => ["milk", host]);
    const failed = ["jug", "jar", "pot"].map((host) => ["honey", host]);
    const plain = fresh().expand(ask(40), 1);
    const shown = fresh().expand(ask(40, worked, failed), 1);
    expect(count(shown, "milk")).toBeGreaterThan(count(plain, "milk"));
    expect(count(shown, "honey")).toBeLessThanOrEqual(count(plain, "honey"));
  });
});

describe("the figures", () => {
  test("of a curve count only finds that are truly at Level 5, and stay flat at its end", () => {
    const pair = (a: string, isLevel5: boolean) => ({
      ...{ a, b: "jar", isLevel5, images: 20, pattern: "", phase: 1 as const },
    });
    const truth = new Set(["milk", "sand"].map((a) => pairKey(a, "jar")));
    const rated = [pair("milk", true), pair("soup", true), pair("sand", false)];
    expect(discoveryCurve(rated, truth, 4)).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect(areaUnder(oracleCurve(2, 4))).toBe((0.5 + 1 + 1 + 1) / 4);
  });

  test("of a ratio hold its interval around it, and none for equal runs", () => {
    expect(pairedRatio([2, 4, 6], [1, 2, 3])).toEqual({ estimate: 2, low: 2, high: 2 });
    const { estimate, low, high } = pairedRatio([3, 5, 4, 6], [2, 4, 4, 3]);
    expect(estimate).toBeCloseTo(18 / 13, 10);
    expect(low).toBeLessThan(estimate);
    expect(high).toBeGreaterThan(estimate);
  });
});

describe("a trial", () => {
  const trials = runTrials(sketchWorld(), { firstSeed: 7, seeds: 2 });
  const again = runTrials(sketchWorld(), { firstSeed: 8, seeds: 1 });

  test("is the same for the same seed", () => {
    expect(again.trials[0]).toEqual(trials.trials[1]);
  });

  test("rates no pair twice, no more than the budget, and comes through all four phases", () => {
    for (const { runs } of trials.trials) {
      for (const { rated } of Object.values(runs)) {
        expect(rated.length).toBeLessThanOrEqual(trials.budget);
        expect(new Set(rated.map(({ a, b }) => pairKey(a, b))).size).toBe(rated.length);
      }
      expect(new Set(runs.loop.rated.map(({ phase }) => phase))).toEqual(new Set([1, 2, 3, 4]));
    }
  });

  test("is told in the agreed shape, and as a picture", () => {
    const summary = summaryOf(trials);
    expect(Object.keys(summary)).toEqual([
      ...["phases", "auc", "aucRatioToRandom", "aucRatioToRoundRobin", "aucRatioToNoFeedback"],
    ]);
    expect(Object.keys(summary.auc).sort()).toEqual(["loop", "noFeedback", "random", "roundRobin"]);
    expect(plotCurves(trials)).toContain("L the loop");
    expect(tableOf(trials, summary)).toContain("random A x B");
  });
});

test("neither the loop nor the scripted LLM of a trial names the world or its odds", () => {
  const files = ["trial/loop", "trial/llm", "trial/report"].flatMap((folder) =>
    readdirSync(folder).map((file) => join(folder, file)),
  );
  const strays = files.filter((file) =>
    /gpu-bridge|trial\/world|\.\.\/world|bias|oddsOf/.test(readFileSync(file, "utf8")),
  );
  expect(files.length).toBeGreaterThan(10);
  expect(strays).toEqual([]);
});

function correlation(xs: readonly number[], ys: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
  const [mx, my] = [mean(xs), mean(ys)];
  const covariance = xs.reduce((sum, x, at) => sum + (x - mx) * (ys[at]! - my), 0);
  const size = (values: readonly number[], m: number) =>
    Math.sqrt(values.reduce((sum, x) => sum + (x - m) ** 2, 0));
  return covariance / (size(xs, mx) * size(ys, my));
}
