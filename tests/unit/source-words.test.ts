import { expect, test } from "vitest";
import { sourceWords } from "@/app/(lab)/p/[project]/pairs/[id]/_pair/source-words";

const NONE = {
  order: "default",
  descriptions: "default",
  phrases: "default",
  rewording: "default",
} as const;
const words = (
  purpose: Parameters<typeof sourceWords>[0],
  sources: Partial<Parameters<typeof sourceWords>[1]["added"]["sources"]> = {},
) =>
  sourceWords(purpose, {
    pair: { conceptA: "iced coke" },
    added: { sources: { ...NONE, ...sources } },
  });

test("the pair's page says whose words methods are told, and what they are told without any", () => {
  expect(words("drawing_order", { order: "human" })).toBe("A person's words");
  expect(words("drawing_order", { order: "llm" })).toBe("The proposer's answer");
  expect(words("drawing_order", { descriptions: "human" })).toBe(
    "Default: iced coke first, as the pair has it",
  );
  expect(words("describe_concepts")).toBe("Default: the concepts' names alone");
  expect(words("find_phrases", { phrases: "human" })).toBe("A person's words");
  expect(words("reword_prompts")).toMatch(/^Default: none/);
});

test("what is seen instead is told to no method", () => {
  expect(words("guess_latent")).toBeNull();
});
