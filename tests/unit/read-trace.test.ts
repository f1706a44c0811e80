import { expect, test } from "vitest";
import { readTrace } from "@/server/comparison/domain/read-trace";

const visited = (step: number) => [{ step, first: 0.8, second: 0.5 }];

test("what was decided image by image goes before what was decided for all", () => {
  const trace = { visited: visited(1), images: [{ visited: visited(2) }, { visited: visited(3) }] };

  expect(readTrace(trace, 1)).toEqual({ visited: visited(3) });
  expect(readTrace({ visited: visited(1), threshold: 0.72 }, 3)).toEqual({
    visited: visited(1),
    threshold: 0.72,
  });
});

test.each([
  [null],
  [{}],
  [{ visited: [] }],
  [{ visited: [{ step: "x" }] }],
  [{ images: [null], scenes: ["a cup"] }],
])("a trace of another kind, %j, is nothing to draw", (trace) => {
  expect(readTrace(trace, 0)).toBeNull();
});
