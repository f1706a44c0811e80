import { expect, test } from "vitest";
import { slugCandidates, slugOf } from "@/server/project/domain/slug";

test.each([
  ["Everyday objects", "everyday-objects"],
  ["Tea & Cups, Zürich", "tea-cups-zurich"],
  ["  --  ", "project"],
  ["日本", "project"],
  ["New", "new-project"],
  ["a".repeat(80), "a".repeat(60)],
  [`${"a".repeat(59)} b`, "a".repeat(59)],
])("%j becomes the address %j", (name, slug) => {
  expect(slugOf(name)).toBe(slug);
});

test("a taken address is followed by numbered ones", () => {
  const candidates = slugCandidates("Cups");

  expect([1, 2, 3].map(() => candidates.next().value)).toEqual(["cups", "cups-2", "cups-3"]);
});
