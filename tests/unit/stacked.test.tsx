// @vitest-environment jsdom
import { expect, test } from "vitest";
import { Stacked } from "@/app/(lab)/p/[project]/compare/_compare/stacked";
import { renderPart } from "@/tests/support/render";

test("a bar of Levels is as long as its pairs: those without a Level stand at its end", async () => {
  const place = await renderPart(<Stacked counts={[0, 0, 0, 0, 10]} rated={10} of={24} />);
  const [five, without] = place.querySelectorAll<HTMLElement>("[role=img] > span");

  expect(five?.style.flexGrow).toBe("10");
  expect(without?.style.flexGrow).toBe("14");
  expect(without?.textContent).toBe("14 without");
  expect(place.querySelector("[role=img]")?.getAttribute("aria-label")).toContain("no Level: 14");
});

test("a bar whose pairs all have a Level says nothing of others", async () => {
  const place = await renderPart(<Stacked counts={[0, 0, 0, 0, 24]} rated={24} of={24} />);

  expect(place.textContent).toBe("24 · 100 %");
});

test("each part is told with its share of the pairs that have a Level", async () => {
  const place = await renderPart(<Stacked counts={[0, 1, 0, 0, 3]} rated={4} of={6} />);

  expect(place.querySelector("[role=img]")?.getAttribute("aria-label")).toBe(
    "Level 1: 0 (0 %), Level 2: 1 (25 %), Level 3: 0 (0 %), Level 4: 0 (0 %), Level 5: 3 (75 %), no Level: 2",
  );
  expect(place.textContent).toBe("1 · 25 %3 · 75 %2 without");
});
