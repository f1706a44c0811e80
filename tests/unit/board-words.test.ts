import { expect, test } from "vitest";
import { renderWords } from "@/app/(lab)/p/[project]/_board/board-words";

test("the board's button says how many pairs and images a press has drawn, and where it stopped counting", () => {
  expect(renderWords(1)).toBe("Render 1 pair, 20 images");
  expect(renderWords(26)).toBe("Render 26 pairs, 520 images");
  expect(renderWords(1_000)).toBe("Render 1,000+ pairs, 20,000+ images");
});
