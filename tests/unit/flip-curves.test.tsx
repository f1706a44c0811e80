// @vitest-environment jsdom
import { expect, test } from "vitest";
import { FlipFigure } from "@/app/(lab)/p/[project]/compare/_compare/flip-figure";
import { flipCurves } from "@/server/comparison/domain/flip-curves";
import { readProbe } from "@/server/comparison/domain/read-probe";
import { renderPart } from "@/tests/support/render";

/** At steps 0, 10, 20: "2" where the second concept scores higher, "1" where the first does, "=" where neither. */
const curve = (ahead: string) =>
  [...ahead].map((who, at) => ({
    step: at * 10,
    first: who === "2" ? 0.2 : 0.3,
    second: who === "1" ? 0.2 : 0.3,
  }));
const traceOf = (...images: unknown[]) => ({ scorer: "clipscore", images });
const asFirst = (ahead: string) => ({ curves: { first_to_second: curve(ahead) } });
const probedOf = (...told: unknown[]) => told.map((_, at) => readProbe(traceOf(...told), at));

test("the curve counts the images that follow the switch at each step, with Wilson's interval", () => {
  const [first] = flipCurves(probedOf(asFirst("221"), asFirst("211"), asFirst("211"), {}));

  expect(first).toMatchObject({ concept: "first", half: 10, lacking: 1 });
  expect(first?.points.map(({ step, flipped, of }) => [step, flipped, of])).toEqual([
    [0, 3, 3],
    [10, 1, 3],
    [20, 0, 3],
  ]);
  // Wilson: 1 of 3.
  expect(first?.points[1]?.share).toBeCloseTo(1 / 3, 9);
  expect(first?.points[1]?.low).toBeCloseTo(0.0615, 4);
  expect(first?.points[1]?.high).toBeCloseTo(0.7923, 4);
});

test.each([
  ["211", 10],
  ["212", null],
  ["121", 20],
  ["2=2", null],
  ["2==", 10],
  ["111", 0],
])(
  "of one image with %s ahead the half is where the probe itself says it is decided, %s",
  (ahead, half) => {
    expect(flipCurves(probedOf(asFirst(ahead)))).toMatchObject([{ half }]);
  },
);

test("the other way round the second concept stays where it is ahead, and only it has a curve", () => {
  const told = { curves: { second_to_first: curve("1=2") } };

  expect(flipCurves(probedOf(told, told))).toMatchObject([
    { concept: "second", half: 10, points: [{ flipped: 2 }, { flipped: 0 }, { flipped: 0 }] },
  ]);
});

test("half of the images is at most half: one of two that follow is where it is decided", () => {
  expect(flipCurves(probedOf(asFirst("221"), asFirst("211")))).toMatchObject([{ half: 10 }]);
});

test.each([
  [null],
  [{}],
  [{ curves: asFirst("21").curves }],
  [traceOf({})],
  [traceOf({ curves: {} })],
  [traceOf({ curves: { first_to_second: [] } })],
  [traceOf({ curves: { first_to_second: [{ step: 1, first: "x", second: 1 }] } })],
  [traceOf({ curves: { first_to_second: [...curve("2"), ...curve("1")] } })],
])("a trace of another kind, %j, tells no curve", (trace) => {
  expect(readProbe(trace, 0)).toBeNull();
});

test("the pooled curves are drawn with their whiskers and told in words", async () => {
  const both = {
    curves: { first_to_second: curve("221"), second_to_first: curve("111") },
  };
  const curves = flipCurves(probedOf(both, asFirst("211")));
  const place = await renderPart(
    <FlipFigure generator="Probe, revision 1" name="tea-flips-1" images={2} curves={curves} />,
  );

  const drawn = place.querySelector("[role=img]");
  expect(drawn?.getAttribute("aria-label")).toContain(
    "Begun with the first: step 0 100 %, 2 of 2, between 34 % and 100 %; step 10 50 %, 1 of 2",
  );
  expect(drawn?.querySelectorAll("polyline")).toHaveLength(2);
  // A point and a whisker a step, discs and squares.
  expect(drawn?.querySelectorAll("circle")).toHaveLength(3);
  expect(drawn?.querySelectorAll("rect")).toHaveLength(3);
  expect(drawn?.querySelectorAll("path")).toHaveLength(6);
  expect(place.textContent).toContain(
    "The first concept is decided after step 10 in half of the images.",
  );
  expect(place.textContent).toContain(
    "The second concept is decided at no step in half of the images; 1 image left out, without a curve.",
  );
});

test("a probe whose images tell nothing says so instead of an empty plot", async () => {
  const place = await renderPart(
    <FlipFigure generator="Probe, revision 1" name="tea-flips-1" images={4} curves={[]} />,
  );

  expect(place.textContent).toContain("None of its 4 images tells how it was probed.");
  expect(place.querySelector("svg")).toBeNull();
});
