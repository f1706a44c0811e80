import { expect, test } from "vitest";
import { toldWords } from "@/app/(lab)/p/[project]/compare/_compare/told-words";
import { wordsTold } from "@/server/comparison/domain/words-told";

type Said = Parameters<typeof wordsTold>[0][number];
type Drawn = Parameters<typeof wordsTold>[1];

const PROMPT = "a tea cup of iced coke";
const minute = (at: number) => new Date(Date.UTC(2026, 0, 1, 12, at));
const said = (at: number, kind: Said["kind"], source: Said["source"], content = {}): Said => ({
  kind,
  source,
  content,
  createdAt: minute(at),
});
const drawn = (method: string, more: Partial<Drawn> = {}): Drawn => ({
  method,
  parameters: {},
  input: { prompt: PROMPT },
  prompt: PROMPT,
  createdAt: minute(10),
  ...more,
});

test("a method that draws in order was told the newest words that were there when it was queued", () => {
  const every = [
    said(1, "moce_order", "llm"),
    said(2, "descriptions", "llm"),
    said(3, "moce_order", "human"),
    said(11, "descriptions", "human"),
  ];
  expect(wordsTold(every, drawn("moce"))).toEqual({
    sources: { moce_order: "human", descriptions: "llm" },
    reworded: null,
  });
  expect(wordsTold([], drawn("moce")).sources).toEqual({
    moce_order: "default",
    descriptions: "default",
  });
});

test("a plain image is told nothing, but for the template that names what comes first", () => {
  const every = [said(1, "moce_order", "llm"), said(1, "rewording", "llm")];
  expect(wordsTold(every, drawn("plain"))).toEqual({ sources: {}, reworded: null });
  const template = { method_params: { template: "first_and_second" } };
  expect(wordsTold(every, drawn("plain", { parameters: template })).sources).toEqual({
    moce_order: "llm",
  });
});

test("the control in other words says them, and whose they are", () => {
  const control = { parameters: { reworded: true }, input: { prompt: "iced coke in a tea cup" } };
  expect(wordsTold([said(1, "rewording", "human")], drawn("plain", control))).toEqual({
    sources: { rewording: "human" },
    reworded: "iced coke in a tea cup",
  });
});

test("of phrases those are meant that it was held to, whenever they were asked for", () => {
  const phrases = (a: string) => ({
    prompts: [{ prompt: PROMPT, a: { phrase: a, score: 2 }, b: { phrase: "tea cup", score: 2 } }],
  });
  const every = [
    said(12, "phrases", "llm", phrases("coke")),
    said(13, "phrases", "human", phrases("iced coke")),
  ];
  const held = (...words: string[]) => {
    const objects = words.map((phrase) => ({ phrase, mask: "data:" }));
    return drawn("realign_diff", { input: { prompt: PROMPT, method_params: { objects } } });
  };
  expect(wordsTold(every, held("coke", "tea cup")).sources).toEqual({ phrases: "llm" });
  expect(wordsTold(every, held("iced coke")).sources).toEqual({ phrases: "human" });
});

test("the compare page says it in a sentence each", () => {
  expect(
    toldWords({ sources: { moce_order: "llm", descriptions: "default" }, reworded: null }),
  ).toBe("Drawing order, the proposer's answer. Descriptions, the default.");
  expect(toldWords({ sources: { rewording: "human" }, reworded: "coke in a cup" })).toBe(
    "Prompt in other words, a person's words: “coke in a cup”",
  );
  expect(toldWords({ sources: {}, reworded: null })).toBeNull();
});
