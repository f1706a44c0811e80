import { expect, test } from "vitest";
import { conceptPrompt, plainPrompt } from "@/server/generation/domain/look-prompts";

test("a pair's plain prompt is its two concepts and nothing else", () => {
  expect(plainPrompt("iced coke", "tea cup")).toBe("iced coke, tea cup");
});

test.each([
  ["tea cup", "a photo of a tea cup"],
  ["owl", "a photo of an owl"],
  ["an owl", "a photo of an owl"],
  ["the Eiffel Tower", "a photo of the Eiffel Tower"],
  ["two cats", "a photo of two cats"],
  ["scissors", "a photo of scissors"],
  ["glass", "a photo of a glass"],
  ["iced coke", "a photo of iced coke"],
  ["red wine", "a photo of red wine"],
  ["hourglass", "a photo of an hourglass"],
  ["house", "a photo of a house"],
  ["unicorn", "a photo of a unicorn"],
  ["uninvited guest", "a photo of an uninvited guest"],
  ["umbrella", "a photo of an umbrella"],
  ["European castle", "a photo of a European castle"],
  ["one-eyed cat", "a photo of a one-eyed cat"],
])("%s is asked for as “%s”", (concept, prompt) => {
  expect(conceptPrompt(concept)).toBe(prompt);
});
