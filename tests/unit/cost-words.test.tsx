// @vitest-environment jsdom
import { expect, test } from "vitest";
import { LevelBars } from "@/app/(lab)/p/[project]/compare/_compare/level-bars";
import { evalsWords } from "@/app/(lab)/p/[project]/compare/_compare/words";
import { figuresOf } from "@/app/(lab)/p/[project]/generators/[generator]/_generator/figure-words";
import type { Comparison } from "@/server/comparison/show-comparison";
import type { Figures } from "@/server/generation/figures/read-figures";
import { renderPart } from "@/tests/support/render";

test.each([
  [107.5, "107.5"],
  [40, "40"],
  [33.333333333333336, "33.33"],
  [1280, "1280"],
  [null, "–"],
])("evals of %s an image are shown as %s", (evals, words) => {
  expect(evalsWords(evals)).toBe(words);
});

test("neither the compare page nor the generator's page makes 108 of a mean of 107.5", async () => {
  const one = {
    revisionId: "moce",
    name: "MoCE",
    number: 1,
    isBaseline: true,
    differs: [],
    levels: { rated: 0, counts: [0, 0, 0, 0, 0], five: null },
    mining: { rated: 0, counts: [] },
    substituted: null,
    cost: { evals: 107.5, seconds: 1.234 },
  };
  const comparison = { generators: [one], pairs: [], repair: { number: 1 }, judge: "human" };
  const place = await renderPart(
    <LevelBars project="tea" comparison={comparison as unknown as Comparison} />,
  );
  const cells = [...place.querySelectorAll("td")].map(({ textContent }) => textContent);

  expect(cells.slice(-2)).toEqual(["107.5", "1.23"]);
  const figures = { evals: 107.5, backwards: 0.25, images: 1 } as Figures;
  expect(figuresOf(figures).find(({ key }) => key === "evals")?.text).toBe(
    "107.5 and 0.25 backward",
  );
});
