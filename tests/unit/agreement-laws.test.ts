import fc from "fast-check";
import { expect, test } from "vitest";
import { clopperPearson } from "@/server/agreement/domain/clopper-pearson";
import { distinctNames } from "@/server/agreement/domain/distinct-names";
import { gwetAc1 } from "@/server/agreement/domain/gwet-ac1";
import { incompleteBeta } from "@/server/agreement/domain/incomplete-beta";
import { krippendorffAlpha, type Metric } from "@/server/agreement/domain/krippendorff-alpha";
import { countUnits } from "@/server/agreement/domain/unit-counts";

const VALUES = [1, 2, 3, 4, 5];
const METRICS: Metric[] = ["nominal", "ordinal", "interval", "ratio"];

const table = fc.integer({ min: 1, max: 12 }).chain((units) =>
  fc.array(
    fc.array(fc.option(fc.constantFrom(...VALUES), { freq: 4 }), {
      minLength: units,
      maxLength: units,
    }),
    { minLength: 2, maxLength: 5 },
  ),
);
const shuffledValues = fc.shuffledSubarray(VALUES, { minLength: VALUES.length });

type Table = (number | null)[][];
const alphaOf = (rows: Table, metric: Metric, values = VALUES) =>
  krippendorffAlpha(countUnits(rows, values), values, metric);

/** Equal words, or numbers that differ by rounding only. */
function expectSame(one: number | string, other: number | string) {
  if (typeof one === "number" && typeof other === "number") expect(one).toBeCloseTo(other, 9);
  else expect(one).toBe(other);
}

test("alpha does not care who is who among the raters, nor in which order the units come", () => {
  fc.assert(
    fc.property(table, fc.constantFrom(...METRICS), (rows, metric) => {
      const turned = rows.toReversed().map((row) => row.toReversed());

      expectSame(alphaOf(turned, metric), alphaOf(rows, metric));
    }),
  );
});

test("nominal alpha and AC1 do not care what the values are called", () => {
  fc.assert(
    fc.property(table, shuffledValues, (rows, names) => {
      const renamed = rows.map((row) =>
        row.map((value) => (value === null ? null : (names[value - 1] ?? null))),
      );

      expectSame(alphaOf(renamed, "nominal"), alphaOf(rows, "nominal"));
      expectSame(gwetAc1(countUnits(renamed, VALUES)), gwetAc1(countUnits(rows, VALUES)));
    }),
  );
});

test("ordinal alpha does not care about the distance of values, only about their order", () => {
  fc.assert(
    fc.property(table, (rows) => {
      const stretched = [1, 10, 11, 500, 501];
      const units = countUnits(rows, VALUES);

      expectSame(
        krippendorffAlpha(units, stretched, "ordinal"),
        krippendorffAlpha(units, VALUES, "ordinal"),
      );
    }),
  );
});

test("raters who say the same everywhere agree at 1, or there is nothing to tell", () => {
  fc.assert(
    fc.property(table, fc.constantFrom(...METRICS), ([row], metric) => {
      const found = alphaOf([row!, row!, row!], metric);

      const different = new Set(row!.filter((value) => value !== null)).size;
      const expected = different === 0 ? "no overlap" : different === 1 ? "no variation" : 1;
      expectSame(found, expected);
    }),
  );
});

test("a rater who judged nothing changes nothing", () => {
  fc.assert(
    fc.property(table, fc.constantFrom(...METRICS), (rows, metric) => {
      const absent = (rows[0] ?? []).map(() => null);

      expect(alphaOf([...rows, absent], metric)).toEqual(alphaOf(rows, metric));
    }),
  );
});

test("the exact interval leaves 2.5 % on either side, and takes in the share itself", () => {
  const counts = fc
    .integer({ min: 1, max: 400 })
    .chain((total) => fc.tuple(fc.integer({ min: 0, max: total }), fc.constant(total)));
  fc.assert(
    fc.property(counts, ([count, total]) => {
      const { low, high } = clopperPearson(count, total);

      expect(low).toBeLessThanOrEqual(count / total);
      expect(high).toBeGreaterThanOrEqual(count / total);
      // P(X >= count) at the lower end, P(X <= count) at the upper one.
      if (count > 0) expect(incompleteBeta(low, count, total - count + 1)).toBeCloseTo(0.025, 9);
      if (count < total)
        expect(1 - incompleteBeta(high, count + 1, total - count)).toBeCloseTo(0.025, 9);
    }),
  );
});

test("two people of one name are told apart, in the same way every time", () => {
  const people = [
    ["b", "Ada Byron"],
    ["c", "Mary Sharp"],
    ["a", "Ada Byron"],
  ] as const;

  expect(distinctNames(people)).toEqual([
    { id: "a", name: "Ada Byron" },
    { id: "b", name: "Ada Byron (2)" },
    { id: "c", name: "Mary Sharp" },
  ]);
});
