import { describe, expect, test } from "vitest";
import {
  diversityOf,
  evenness,
  MOST_COMPARED,
  nearestDistance,
  vendiScore,
} from "@/server/mining/domain/diversity/diversity";
import { eigenvalues } from "@/server/mining/domain/diversity/eigenvalues";
import { builtInKernel } from "@/server/mining/domain/diversity/kernel";
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
