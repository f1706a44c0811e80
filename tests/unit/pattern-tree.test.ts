import { describe, expect, test } from "vitest";
import { placeAfter, togglePick } from "@/app/(lab)/p/[project]/patterns/[id]/board/_board/picks";
import { conceptKey } from "@/server/mining/domain/concept";
import { boardCells } from "@/server/mining/domain/pair-board";
import { pairKey } from "@/server/mining/domain/pair-key";
import { closesCircle, patternTree } from "@/server/mining/domain/pattern-tree";
import { seededDraws } from "@/server/mining/domain/random";
import { type Arm, suggestCrosses } from "@/server/mining/domain/suggest-crosses";

const node = (id: string, ...parentIds: string[]) => ({ id, parentIds });

describe("the pattern tree", () => {
  test("puts a crossing once, below its first parent, and names the other", () => {
    const rows = patternTree([node("a"), node("b"), node("ab", "a", "b"), node("c")]);

    expect(rows.map(({ pattern, depth }) => [pattern.id, depth])).toEqual([
      ["a", 0],
      ["ab", 1],
      ["b", 0],
      ["c", 0],
    ]);
    expect(rows[1]?.otherParentIds).toEqual(["b"]);
  });

  test("a crossing of a crossing stands a step deeper", () => {
    const rows = patternTree([node("a"), node("b"), node("ab", "a", "b"), node("abb", "ab", "b")]);

    expect(rows.find(({ pattern }) => pattern.id === "abb")?.depth).toBe(2);
  });

  test("shows every pattern exactly once, whatever the parents say", () => {
    const draw = seededDraws(4);
    for (let round = 0; round < 200; round += 1) {
      const ids = Array.from({ length: 1 + Math.floor(draw() * 10) }, (_, at) => String(at));
      const patterns = ids.map((id) => node(id, ...ids.filter(() => draw() < 0.3)));
      const shown = patternTree(patterns).map(({ pattern }) => pattern.id);
      expect(shown.toSorted()).toEqual(ids.toSorted());
    }
  });

  test("a parent that descends from the child would close a circle", () => {
    const links = [
      { childId: "ab", parentId: "a" },
      { childId: "abb", parentId: "ab" },
    ];

    expect(closesCircle(links, { childId: "a", parentId: "abb" })).toBe(true);
    expect(closesCircle(links, { childId: "a", parentId: "a" })).toBe(true);
    expect(closesCircle(links, { childId: "new", parentId: "abb" })).toBe(false);
  });
});

describe("what to cross", () => {
  const arm = (id: string, count: number, total: number, low: number): Arm => ({
    id,
    name: id,
    level5: { count, total, low },
  });
  const proven = arm("proven", 90, 100, 0.83);
  const good = arm("good", 30, 50, 0.46);
  const lucky = arm("lucky", 1, 1, 0.21);
  const unrated: Arm = { id: "unrated", name: "unrated", level5: null };

  test("goes by the lower bounds, so that one lucky pair does not lead", () => {
    const suggested = suggestCrosses([lucky, unrated, good, proven], []);

    expect(suggested.map(({ a, b }) => [a.id, b.id])).toEqual([
      ["proven", "good"],
      ["proven", "lucky"],
      ["good", "lucky"],
    ]);
    expect(suggested[0]?.reason).toBe("Level 5: 90 of 100, at least 83 %; 30 of 50, at least 46 %");
  });

  test("what was crossed before comes last and says so", () => {
    const suggested = suggestCrosses([lucky, good, proven], [["good", "proven"]]);

    expect(suggested.at(-1)).toMatchObject({ a: { id: "proven" }, b: { id: "good" } });
    expect(suggested.at(-1)?.reason).toContain("Crossed before");
  });

  test("is nothing before two patterns are rated", () => {
    expect(suggestCrosses([proven, unrated], [])).toEqual([]);
  });
});

describe("the A × B board", () => {
  const pair = (a: string, b: string) => ({
    id: `${a}/${b}`,
    key: pairKey(a, b),
    a,
    b,
    state: "accepted",
  });
  const NONE = new Map<string, string[]>();

  test("marks pairs that are here, one concept on both sides, and the same pair twice", () => {
    const known = [pair("tea cup", "iced coke")];
    const sets = [
      ["iced coke", "milk"],
      ["tea cups", "milk", "iced coke"],
    ] as const;

    expect(boardCells(...sets, { known, alike: NONE })).toEqual([
      [
        { kind: "known", pairId: "tea cup/iced coke", state: "accepted" },
        { kind: "free" },
        { kind: "same" },
      ],
      [{ kind: "free" }, { kind: "same" }, { kind: "repeat" }],
    ]);
  });

  test("marks what merely reads like a pair, both concepts of it, with its twin", () => {
    const known = [pair("glass of red wine", "fish bowl"), pair("milk", "paper cup")];
    const alike = new Map([
      ["wine of red glass", [conceptKey("glass of red wine")]],
      ["fishbowl", [conceptKey("fish bowl")]],
    ]);

    expect(boardCells(["wine of red glass"], ["fishbowl", "paper cup"], { known, alike })).toEqual([
      [
        {
          kind: "alike",
          pairId: "glass of red wine/fish bowl",
          twin: "glass of red wine × fish bowl",
        },
        { kind: "free" },
      ],
    ]);
  });

  test("the cursor stops at the edges, and a pick is taken back by picking again", () => {
    const size = { rows: 2, columns: 3 };
    expect(placeAfter("ArrowLeft", { row: 0, column: 0 }, size)).toEqual({ row: 0, column: 0 });
    expect(placeAfter("ArrowDown", { row: 0, column: 1 }, size)).toEqual({ row: 1, column: 1 });
    expect(placeAfter("End", { row: 1, column: 0 }, size)).toEqual({ row: 1, column: 2 });
    expect(placeAfter("q", { row: 1, column: 0 }, size)).toBeNull();

    const one = togglePick([], { row: 0, column: 1 });
    const two = togglePick(one, { row: 1, column: 1 });
    expect(togglePick(two, { row: 0, column: 1 })).toEqual([{ row: 1, column: 1 }]);
  });
});
