import { describe, expect, test } from "vitest";
import { seededDraws } from "@/server/mining/domain/random";
import {
  chanceOfNew,
  countKey,
  knownKeys,
  NO_REPEATS,
  type RepeatCounts,
  unseenKeys,
} from "@/server/mining/domain/saturation/counts";
import { meanSimilarity } from "@/server/mining/domain/saturation/mean-similarity";
import { noveltyOf } from "@/server/mining/domain/saturation/novelty";
import { judgeSaturation, NOT_DRY } from "@/server/mining/domain/saturation/saturation";

describe("novelty", () => {
  test("6 new of 20 are 30 %, at most 44 %", () => {
    const novelty = noveltyOf(6, 20)!;
    expect(novelty.share).toBe(0.3);
    expect(novelty.atMost).toBeCloseTo(0.4423, 4);
  });

  test("the bound is Wilson's, one-sided: nothing new of n is at most z2 / (n + z2)", () => {
    const z2 = 1.281552 ** 2;
    for (const n of [1, 4, 20]) expect(noveltyOf(0, n)!.atMost).toBeCloseTo(z2 / (n + z2), 10);
    expect(noveltyOf(20, 20)!.atMost).toBe(1);
  });

  test("a batch without a judged proposal has no novelty", () => {
    expect(noveltyOf(0, 0)).toBeNull();
  });
});

describe("counts of repeats", () => {
  const counts = (proposals: number, distinct: number, once: number, twice: number) => ({
    proposals,
    distinct,
    once,
    twice,
  });

  test("give Good-Turing's chance, f1 of n", () => {
    expect(chanceOfNew(counts(100, 62, 40, 12))).toBe(0.4);
    expect(chanceOfNew(NO_REPEATS)).toBeNull();
  });

  test("give Chao1, S + f1^2 / (2 f2)", () => {
    expect(unseenKeys(counts(100, 62, 40, 8))).toBe(100);
    expect(knownKeys(counts(100, 62, 40, 8))).toBe(162);
  });

  test("without a key named twice, Chao1 is S + f1 (f1 - 1) / 2", () => {
    expect(knownKeys(counts(5, 5, 5, 0))).toBe(15);
    expect(knownKeys(counts(3, 1, 0, 0))).toBe(1);
  });

  test("kept one by one equal a recount", () => {
    const draw = seededDraws(5);
    const times = new Map<number, number>();
    let kept: RepeatCounts = NO_REPEATS;
    for (let n = 0; n < 500; n += 1) {
      const key = Math.floor(draw() * 60);
      // One in ten is taken back: a person overruled a duplicate.
      const known = times.get(key) ?? 0;
      const after = draw() < 0.1 && known > 0 ? known - 1 : known + 1;
      kept = countKey(kept, known, after);
      times.set(key, after);
    }
    const all = [...times.values()].filter((n) => n > 0);
    expect(kept).toEqual({
      proposals: all.reduce((sum, n) => sum + n, 0),
      distinct: all.length,
      once: all.filter((n) => n === 1).length,
      twice: all.filter((n) => n === 2).length,
    });
  });

  test("taking in several of one key at once equals one after the other", () => {
    const one = [0, 1, 2].reduce((sum, n) => countKey(sum, n, n + 1), NO_REPEATS);
    expect(countKey(NO_REPEATS, 0, 3)).toEqual(one);
  });
});

describe("likeness of the last five", () => {
  test("is 1 for five times the same pair, whichever way round", () => {
    const same = { a: "tea cup", b: "iced coke" };
    const turned = { a: "iced coke", b: "tea cup" };
    expect(meanSimilarity([same, turned, same, turned, same])).toBe(1);
  });

  test("is low for pairs that share one concept only", () => {
    const pairs = ["milk", "honey", "sand", "soup", "popcorn"].map((a) => ({ a, b: "tea cup" }));
    expect(meanSimilarity(pairs)).toBeLessThan(0.2);
  });

  test("looks at the last five only, and says nothing of one", () => {
    const same = Array.from({ length: 5 }, () => ({ a: "milk", b: "jar" }));
    expect(meanSimilarity([{ a: "whale", b: "desert" }, ...same])).toBe(1);
    expect(meanSimilarity([{ a: "whale", b: "desert" }])).toBeNull();
  });
});

describe("a pattern and its proposer", () => {
  const fresh = NOT_DRY;
  const dry = { dryBatches: 2, isDry: true, isConfirmed: false };
  const plenty: RepeatCounts = { proposals: 100, distinct: 62, once: 40, twice: 12 };
  const spent: RepeatCounts = { proposals: 100, distinct: 40, once: 19, twice: 12 };
  const batch = (count: number, of = 20, isRetest = false) => ({
    novelty: noveltyOf(count, of),
    isRetest,
    meanSimilarity: null,
  });

  test("are not dry after one poor batch, and dry after two in a row", () => {
    const once = judgeSaturation(fresh, plenty, batch(1));
    expect(once).toMatchObject({ dryBatches: 1, isDry: false });
    const twice = judgeSaturation(once, plenty, batch(2));
    expect(twice).toMatchObject({ dryBatches: 2, isDry: true, isConfirmed: false });
    expect(twice.reason).toBe(
      "Seems dry: 2 batches in a row were surely under 30 % new. A re-test decides.",
    );
  });

  test("start anew when a batch is not surely poor: 6 of 20 may be 44 %", () => {
    const once = judgeSaturation(fresh, plenty, batch(1));
    expect(judgeSaturation(once, plenty, batch(6))).toMatchObject({
      dryBatches: 0,
      isDry: false,
      reason: "Not dry. The last batch brought 6 of 20 new: 30 %, at most 44 % (90 %).",
    });
  });

  test("are dry when the next proposal is new with less than 20 %", () => {
    const judged = judgeSaturation(fresh, spent, batch(10));
    expect(judged.isDry).toBe(true);
    expect(judged.reason).toContain("the next proposal is new with a chance of about 19 %");
    expect(judgeSaturation(fresh, { ...spent, once: 20 }, batch(10)).isDry).toBe(false);
  });

  test("are never dry by a first small batch, whatever it repeats", () => {
    const tiny: RepeatCounts = { proposals: 20, distinct: 1, once: 0, twice: 0 };
    expect(judgeSaturation(fresh, tiny, batch(0))).toMatchObject({ isDry: false, dryBatches: 1 });
  });

  test("are confirmed dry by a re-test only", () => {
    expect(judgeSaturation(dry, spent, batch(1))).toMatchObject({
      isDry: true,
      isConfirmed: false,
    });
    const confirmed = judgeSaturation(dry, spent, batch(1, 20, true));
    expect(confirmed).toMatchObject({ isDry: true, isConfirmed: true });
    expect(confirmed.reason).toMatch(/^Dry, also after a re-test: 3 batches in a row/);
    expect(judgeSaturation(confirmed, spent, batch(1)).isConfirmed).toBe(true);
  });

  test("are alive again when the re-test brings new pairs, although few keys are named once", () => {
    const alive = judgeSaturation(dry, spent, batch(12, 20, true));
    expect(alive).toMatchObject({ dryBatches: 0, isDry: false, isConfirmed: false });
    expect(alive.reason).toMatch(/^Not dry\. The re-test brought 12 of 20 new/);
  });

  test("cannot be confirmed by a batch asked as a re-test before they were dry", () => {
    expect(judgeSaturation(fresh, spent, batch(1, 20, true)).isConfirmed).toBe(false);
  });

  test("keep their standing through a batch of which nothing could be judged", () => {
    const standing = { ...NOT_DRY, dryBatches: 1 };
    const judged = judgeSaturation(standing, plenty, batch(0, 0));
    expect(judged.dryBatches).toBe(1);
    expect(judged.reason).toContain("nothing that could be judged");
  });

  test("show likeness of the last five as a third sign, which decides nothing", () => {
    const judged = judgeSaturation(fresh, plenty, { ...batch(18), meanSimilarity: 0.8 });
    expect(judged.isDry).toBe(false);
    expect(judged.reason).toContain("The last five are alike (0.80).");
  });
});
