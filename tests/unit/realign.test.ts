import { expect, test } from "vitest";
import { taggerIn } from "@/gpu-bridge/bridge/read-tags";
import { nextStep, type Standing, waitingWords } from "@/server/realign/domain/next-step";
import { objectsOf, phrasesOf } from "@/server/realign/domain/objects";
import { tagInput } from "@/server/realign/domain/tag-phrases";

const DONE = { state: "done" as const, reason: null };
const STANDING: Standing = { first: DONE, tags: DONE, hasPhrases: true, question: null };
const asked = (state: "queued" | "waiting" | "done" | "cancelled", isOfNow = true) => ({
  state,
  reason: state === "waiting" ? "No LLM is set up." : null,
  isOfNow,
});
const queued = { state: "queued" as const, reason: null };
const failed = { state: "failed" as const, reason: "Out of memory" };

test("a second image is drawn when its first was looked at and its phrases are there, and not before", () => {
  expect(nextStep(STANDING)).toEqual({ ask: [], next: "draw" });
  for (const lacks of [{ first: queued, tags: null }, { tags: queued }, { hasPhrases: false }])
    expect(nextStep({ ...STANDING, ...lacks }).next).toBe("wait");
});

test("each step is asked for once: tags when there are images, phrases at once", () => {
  const ask = (standing: Partial<Standing>) => nextStep({ ...STANDING, ...standing }).ask;
  expect(ask({ first: queued, tags: null, hasPhrases: false })).toEqual(["phrases"]);
  expect(ask({ tags: null })).toEqual(["tags"]);
  expect(ask({ tags: null, hasPhrases: false, question: asked("queued", false) })).toEqual([
    "tags",
  ]);
  expect(ask({ hasPhrases: false, question: asked("waiting", false) })).toEqual([]);
  // What was answered or given up before this render was queued says nothing of its prompt.
  expect(ask({ hasPhrases: false, question: asked("done", false) })).toEqual(["phrases"]);
  expect(ask({ hasPhrases: false, question: asked("cancelled", false) })).toEqual(["phrases"]);
});

test.each<[what: string, standing: Partial<Standing>, why: RegExp]>([
  [
    "the first image fails",
    { first: failed, tags: null },
    /first image was not drawn: Out of memo/,
  ],
  ["nobody can tag", { tags: failed }, /what stands where in its first images: Out of memory/],
  ["the question is given up", { hasPhrases: false, question: asked("cancelled") }, /given up/],
  ["it was about other prompts", { hasPhrases: false, question: asked("done") }, /other prompts/],
])("it fails with a sentence when %s", (_what, standing, why) => {
  expect(nextStep({ ...STANDING, ...standing })).toMatchObject({
    ask: [],
    next: { fail: expect.stringMatching(why) },
  });
});

test("what is waited for is said with what to do", () => {
  const words = (standing: Partial<Standing>, isThere = true) =>
    waitingWords({ ...STANDING, ...standing }, { name: "tags", isThere });
  expect(words({ first: queued })).toMatch(/^Waits for its first image/);
  expect(words({ tags: null })).toMatch(/^Waits for “tags”, which says what stands where/);
  expect(words({ tags: queued }, false)).toMatch(
    /no bridge serves now: start an endpoint that tags/,
  );
  const stuck = { hasPhrases: false, question: asked("waiting") };
  expect(words({ ...stuck, first: queued })).toMatch(/No LLM is set up\. Open the pair/);
});

const MASK = "data:image/png;base64,AAAA";
const tag = (position: number, phrase: string) => ({ position, phrase, mask: MASK });
const PHRASES = {
  a: { phrase: "a tall Iced Coke", score: 2 },
  b: { phrase: "tea cup", score: 0.5 },
};
const DRAWN = {
  prompt: "A tall iced coke in a tea cup.",
  seeds: [7, 9],
  concepts: ["iced coke", "St. John tea cup"] as [string, string],
  phrases: PHRASES,
};

test("each image has the objects that were found in it, by the words of its prompt", () => {
  const tags = [tag(0, "iced coke"), tag(1, "St John tea cup"), tag(1, "iced coke")];
  expect(objectsOf({ ...DRAWN, tags })).toEqual([
    { phrase: "a tall Iced Coke", score: 2, mask: MASK, seed: 7 },
    { phrase: "a tall Iced Coke", score: 2, mask: MASK, seed: 9 },
    { phrase: "tea cup", score: 0.5, mask: MASK, seed: 9 },
  ]);
});

test("what has no words in the prompt, or is unlikely to be seen, is no object", () => {
  const tags = [tag(0, "iced coke"), tag(0, "St John tea cup")];
  const phrases = { a: { phrase: "a red book", score: 2 }, b: { phrase: "tea cup", score: 0 } };
  expect(objectsOf({ ...DRAWN, phrases, tags })).toEqual([]);
  // "ice" stands in "iced" for no endpoint: it would refuse the second image for good.
  const inside = { a: { phrase: "ice", score: 2 }, b: { phrase: "cup", score: 2 } };
  expect(objectsOf({ ...DRAWN, phrases: inside, tags }).map(({ phrase }) => phrase)).toEqual([
    "cup",
  ]);
  expect(phrasesOf({ prompts: [{ prompt: "Another.", ...PHRASES }] }, DRAWN.prompt)).toBeNull();
  expect(phrasesOf("nonsense", DRAWN.prompt)).toBeNull();
});

test("what a detector is asked for has no full stop and comes once", () => {
  expect(tagInput(["St. Bernard", "tea cup"])).toEqual({ phrases: ["St Bernard", "tea cup"] });
  expect(tagInput(["Tea cup", "tea  cup"])).toEqual({ phrases: ["Tea cup"] });
});

test("an endpoint that tags is known by its detector and its segmenter", () => {
  const parts = { detector: { name: "grounding-dino" }, segmenter: { name: "sam" } };
  expect(taggerIn({ "x-teacup": parts })).toEqual({ detector: "grounding-dino", segmenter: "sam" });
  expect(taggerIn({ "x-teacup": { scorers: [{ name: "clipscore" }] } })).toBeNull();
  expect(taggerIn("<html>")).toBeNull();
});
