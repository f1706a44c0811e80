import { describe, expect, test } from "vitest";
import {
  diversityOf,
  evenness,
  MOST_COMPARED,
  nearestDistance,
  vendiScore,
} from "@/server/mining/domain/diversity/diversity";
import { eigenvalues } from "@/server/mining/domain/diversity/eigenvalues";
import {
  builtInKernel,
  type ConceptKernel,
  pairKernel,
} from "@/server/mining/domain/diversity/kernel";
import { seededDraws } from "@/server/mining/domain/random";

const identity = (n: number) =>
  Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => Number(i === j)));
const closeTo = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 9));

describe("eigenvalues", () => {
  test("of matrices known by hand", () => {
    expect(
      eigenvalues([
        [2, 1],
        [1, 2],
      ]),
    ).toEqual(closeTo([3, 1]));
    expect(
      eigenvalues([
        [2, -1, 0],
        [-1, 2, -1],
        [0, -1, 2],
      ]),
    ).toEqual(closeTo([2 + Math.SQRT2, 2, 2 - Math.SQRT2]));
    expect(eigenvalues(identity(4))).toEqual(closeTo([1, 1, 1, 1]));
    expect(eigenvalues([])).toEqual([]);
  });

  test("of a random symmetric matrix keep its trace and its squared size", () => {
    const draw = seededDraws(12);
    const n = 40;
    const half = Array.from({ length: n }, () => Array.from({ length: n }, () => draw() - 0.5));
    const matrix = half.map((row, i) => row.map((x, j) => x + half[j]![i]!));
    const values = eigenvalues(matrix);
    const trace = matrix.reduce((sum, row, i) => sum + row[i]!, 0);
    const squares = matrix.flat().reduce((sum, x) => sum + x ** 2, 0);
    expect(values.reduce((sum, x) => sum + x, 0)).toBeCloseTo(trace, 9);
    expect(values.reduce((sum, x) => sum + x ** 2, 0)).toBeCloseTo(squares, 7);
  });
});

describe("the Vendi score", () => {
  test("of n identical pairs is 1", () => {
    expect(vendiScore(Array.from({ length: 6 }, () => Array(6).fill(1)))).toBeCloseTo(1, 9);
  });

  test("of n pairs that share nothing is n", () => {
    expect(vendiScore(identity(7))).toBeCloseTo(7, 9);
  });

  test("of two pairs alike by one half is between, exp of the entropy of 3/4 and 1/4", () => {
    const half = [
      [1, 0.5],
      [0.5, 1],
    ];
    const entropy = -(0.75 * Math.log(0.75) + 0.25 * Math.log(0.25));
    expect(vendiScore(half)).toBeCloseTo(Math.exp(entropy), 9);
  });

  test("of a likeness that is not positive semidefinite is that of the nearest one that is", () => {
    // Eigenvalues 1 + √2, 1 and 1 - √2: the last is none, the others are shares of 2 + √2.
    const values = vendiScore([
      [1, 1, 0],
      [1, 1, 1],
      [0, 1, 1],
    ]);
    const first = Math.SQRT1_2;
    const entropy = -(first * Math.log(first) + (1 - first) * Math.log(1 - first));
    expect(values).toBeCloseTo(Math.exp(entropy), 9);
  });

  test("of no pair is nothing", () => {
    expect(vendiScore([])).toBeNull();
  });
});

test("evenness is 1 for equal cells, lower for unequal ones, nothing for one cell", () => {
  expect(evenness([5, 5, 5])).toBeCloseTo(1, 9);
  expect(evenness([3, 1])).toBeCloseTo(0.8113, 4);
  expect(evenness([9])).toBeNull();
});

test("the distance to the nearest is the mean over pairs", () => {
  expect(
    nearestDistance([
      [1, 0.9, 0],
      [0.9, 1, 0.4],
      [0, 0.4, 1],
    ]),
  ).toBeCloseTo((0.1 + 0.1 + 0.6) / 3, 9);
  expect(nearestDistance([[1]])).toBeNull();
});

describe("the likeness of pairs", () => {
  const same: ConceptKernel = (x, y) => Number(x === y);

  test("is that of their concepts in the better of the two matchings", () => {
    const [cup, turned, half, shared] = [
      { a: "coke", b: "cup" },
      { a: "cup", b: "coke" },
      { a: "cup", b: "milk" },
      { a: "jug", b: "milk" },
    ];
    expect(pairKernel([cup, turned, half, shared], same)).toEqual([
      [1, 1, 0.5, 0],
      [1, 1, 0.5, 0],
      [0.5, 0.5, 1, 0.5],
      [0, 0, 0.5, 1],
    ]);
  });

  test("makes three pairs of three things 2.38 different ones, and a pair turned round none", () => {
    const ring = [
      { a: "coke", b: "cup" },
      { a: "cup", b: "milk" },
      { a: "milk", b: "coke" },
    ];
    // All are alike by one half: eigenvalues 2, 1/2 and 1/2.
    expect(vendiScore(pairKernel(ring, same))).toBeCloseTo(
      Math.exp((2 / 3) * Math.log(3 / 2) + (1 / 3) * Math.log(6)),
      9,
    );
    const twice = ring.flatMap(({ a, b }) => [
      { a, b },
      { a: b, b: a },
    ]);
    expect(vendiScore(pairKernel(twice, same))).toBeCloseTo(vendiScore(pairKernel(ring, same))!, 9);
  });

  test("never mixes the words of both concepts", () => {
    const [one, other] = [
      { a: "tea cup", b: "iced coke" },
      { a: "coke cup", b: "iced tea" },
    ];
    const [row] = pairKernel([one, other], builtInKernel());
    expect(row![1]).toBeCloseTo(0.5, 1);
  });
});

describe("diversity", () => {
  test("counts heads and cells of both sides", () => {
    const pairs = [
      { a: "iced coke", b: "tea cup" },
      { a: "warm coke", b: "coffee cup" },
      { a: "milk", b: "tea cup" },
    ];
    const figures = diversityOf(pairs, builtInKernel());
    expect(figures).toMatchObject({ pairs: 3, headsA: 2, headsB: 1, cells: 2, compared: 3 });
    expect(figures.vendi).toBeGreaterThan(1);
    expect(figures.vendi).toBeLessThan(3);
  });

  test("of one pair said many ways is one pair", () => {
    const pairs = ["tea cup", "a tea cup", "the Tea-Cups"].map((b) => ({ a: "milk", b }));
    expect(diversityOf(pairs, builtInKernel())).toMatchObject({
      cells: 1,
      evenness: null,
      nearestDistance: expect.closeTo(0, 6),
      vendi: expect.closeTo(1, 5),
    });
  });

  test("compares no more pairs than it can in a moment, and counts all", () => {
    const many = Array.from({ length: 1000 }, (_, i) => ({ a: `thing ${i}`, b: "jar" }));
    const figures = diversityOf(many, builtInKernel());
    expect(figures).toMatchObject({ pairs: 1000, headsA: 1000, compared: MOST_COMPARED });
  });
});
