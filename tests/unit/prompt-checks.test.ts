import { expect, test } from "vitest";
import { checkPrompts, names } from "@/server/mining/domain/prompt-checks";

const SUBJECT = { a: "iced coke", b: "tea cup", latent: "glass" };
const GOOD = [
  "iced coke in a tea cup",
  "a photo of iced coke in a tea cup",
  "a photo of iced coke in a tea cup at dawn",
  "a warm photo of iced coke in two white teacups at dawn",
  "a warm photo of iced coke in two white tea-cups at dawn on an old table",
];
const withPrompt = (position: number, text: string) =>
  GOOD.map((prompt, index) => (index === position - 1 ? text : prompt));

test("five good prompts have nothing wrong with them", () => {
  expect(checkPrompts(GOOD, SUBJECT)).toEqual([]);
});

test.each([
  [3, "a photo of iced coke in a cup made of tea", "it does not show “tea cup”"],
  [3, "a quiet photo of lemonade in a tea cup now", "it does not show “iced coke”"],
  [3, "a photo of iced coke in a tea cup, no glass", "it names the latent concept “glass”"],
  [3, "a photo of iced coke in a tea cup without ice", "it says what is absent (“without”)"],
  [3, "iced coke in a tea cup that isn't full today", "it says what is absent (“isn't”)"],
  [3, "iced coke in a tea cup instead of a jar", "it says what is absent (“instead of”)"],
  [2, "", "it is empty"],
  [2, "iced coke in a tea cup", "it repeats prompt 1"],
  [4, "iced coke in one tea cup", "it is not longer than prompt 3"],
])("prompt %i “%s”: %s", (position, text, problem) => {
  expect(checkPrompts(withPrompt(position, text), SUBJECT)).toContainEqual({ position, problem });
});

test("four prompts are not five", () => {
  expect(checkPrompts(GOOD.slice(1), SUBJECT)).toContainEqual({
    position: null,
    problem: "4 prompts; 5 are needed",
  });
});

test("a latent concept inside A or B is not named by them", () => {
  const inside = { a: "iced coke", b: "wine glass", latent: "glass" };
  const prompts = GOOD.map((text) => text.replace(/tea.?cups?/, "wine glass"));

  expect(checkPrompts(prompts, inside)).toEqual([]);
  expect(checkPrompts([...prompts.slice(0, 4), `${prompts[4]} beside a glass`], inside)).toEqual([
    { position: 5, problem: "it names the latent concept “glass”" },
  ]);
});

test("a negation inside a concept is the concept's own", () => {
  const sign = { a: "no parking sign", b: "fish bowl", latent: null };
  const prompts = GOOD.map((text) =>
    text.replace("iced coke", "no parking sign").replace(/tea.?cups?/, "fish bowl"),
  );
  expect(checkPrompts(prompts, sign)).toEqual([]);
});

test.each([
  ["two monkeys on an ice floe", "monkey", true],
  ["ice floes", "ice floe", true],
  ["a pricey floe", "ice floe", false],
  ["a knife and a fork beside a steak", "knife and fork", true],
  ["a cupboard of tea", "cup", false],
])("“%s” shows “%s”: %s", (text, concept, shown) => {
  expect(names(text, concept)).toBe(shown);
});
