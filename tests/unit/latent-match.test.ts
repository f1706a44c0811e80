import { expect, test } from "vitest";
import { latentMatch } from "@/server/mining/domain/latent-match";

test.each([
  ["glass", "a Glass", "exact"],
  ["drinking glass", "glass for drinking", "head"],
  ["tumbler glass", "glass tumbler", "lexical"],
  ["glass", "tumbler glass", "head"],
  ["paper tumbler glasses", "tumbler glass", "head"],
  ["mug", "a mug of tea", "head"],
  ["wine glass", "beer glass", null],
  ["tea cup", "tea", null],
  ["glass", "mug", null],
  ["...", "mug", null],
] as const)("guessed %j, seen %j: %s", (guessed, seen, match) => {
  expect(latentMatch(guessed, seen)).toBe(match);
});

test("which of the two was guessed makes no difference", () => {
  expect(latentMatch("glass", "tumbler glass")).toBe(latentMatch("tumbler glass", "glass"));
});
