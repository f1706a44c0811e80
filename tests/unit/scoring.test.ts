import { expect, test } from "vitest";
import { readScores, scoringIn } from "@/gpu-bridge/bridge/read-scores";
import { scoreTexts } from "@/server/scoring/domain/score-texts";
import { steeringScorer } from "@/server/scoring/domain/steering-scorer";
import { trainingScorers } from "@/server/scoring/domain/training-scorers";

const DRAWN = {
  prompt: "A tea cup of iced coke.",
  conceptA: "iced coke",
  conceptB: "tea cup",
};

test("a scorer is asked about the prompt and each concept alone, one that answers questions is asked questions", () => {
  expect(scoreTexts("clipscore", DRAWN).texts.map(({ text }) => text)).toEqual([
    "A tea cup of iced coke.",
    "iced coke",
    "tea cup",
  ]);
  expect(scoreTexts("blip-vqa", DRAWN).texts).toEqual([
    { name: "concept_a", text: "Is there iced coke?" },
    { name: "concept_b", text: "Is there a tea cup?" },
  ]);
  expect(scoreTexts("caption-likelihood", DRAWN).texts).toEqual([
    { name: "prompt", text: "A tea cup of iced coke." },
  ]);
});

test("the scorer that steered is read from the image's own trace, else from that of all images", () => {
  const visited = [{ step: 5, first: 0.7, second: 0.7 }];
  const own = { images: [{ visited, scorer: "clipscore" }, { visited }] };
  expect(steeringScorer("moce", own, 0)).toBe("clipscore");
  expect(steeringScorer("moce", own, 1)).toBeNull();
  expect(steeringScorer("moce", { visited, scorer: "imagereward" }, 3)).toBe("imagereward");
  expect(steeringScorer("best_of", { scorer: "clipscore", k: 6 }, 0)).toBe("clipscore");
  // A known step is switched at without a search.
  expect(steeringScorer("moce", { step: 7 }, 0)).toBeNull();
  expect(steeringScorer("plain", null, 0)).toBeNull();
});

test("a model trained to please a scorer is told by its training's name, or by the rewards it names", () => {
  expect(trainingScorers({ told: { method: "CoMat" }, files: {} })).toEqual(["caption-likelihood"]);
  expect(trainingScorers({ told: { method: "ReFL" } })).toEqual(["imagereward"]);
  const own = { told: { method: "our own", rewards: ["clipscore", "blip-itm"] } };
  expect(trainingScorers(own)).toEqual(["clipscore", "blip-itm"]);
  expect(trainingScorers({ told: { method: "DreamBooth" } })).toEqual([]);
  expect(trainingScorers({ files: { "lora/0": { method: "CoMat" } } })).toEqual([]);
  expect(trainingScorers(null)).toEqual([]);
});

test("a probe scores what it draws and chooses nothing by it", () => {
  expect(steeringScorer("probe", { scorer: "clipscore" }, 0)).toBeNull();
});

test("an endpoint's description names its scorers; one that draws names none", () => {
  const described = { "x-teacup": { scorers: [{ name: "clipscore", version: "1", title: "C" }] } };
  expect(scoringIn(described)).toEqual({ scorers: ["clipscore"], judges: [] });
  expect(scoringIn({ "x-teacup": { method: { name: "moce" }, judges: ["SDXL"] } })).toBeNull();
  expect(scoringIn("<html>")).toBeNull();
});

test("a description names the models whose images are judged unasked; said wrong it names none, and scores all the same", () => {
  const saying = (judges: unknown) =>
    scoringIn({ "x-teacup": { scorers: [{ name: "oracle" }], judges } });
  expect(saying(["Tiny World: generator"])).toEqual({
    scorers: ["oracle"],
    judges: ["Tiny World: generator"],
  });
  for (const wrong of ["Tiny World: generator", [1], [""], Array(65).fill("m")]) {
    expect(saying(wrong)).toEqual({ scorers: ["oracle"], judges: [] });
  }
});

test("scores that nobody asked for, or that leave something out, are refused in a sentence", () => {
  const asked = {
    kind: "scores" as const,
    scores: [{ scorer: "clipscore", texts: ["a", "b"] }],
  };
  const task = { taskId: "1", attempt: 1, leaseToken: "1", images: 2, asked };
  const answer = (values: unknown, scorer = "clipscore") =>
    JSON.stringify({
      id: "1-1",
      status: "succeeded",
      output: {
        scores: [
          {
            scorer,
            version: "1",
            settings: {},
            model: { name: "m", revision: "r", weights_hash: "h" },
            texts: ["a", "b"],
            values,
          },
        ],
      },
    });
  const read = (text: string) => () => readScores({ status: 200, text }, task, asked);
  const whole = [
    [1, 2],
    [3, 4],
  ];
  expect(read(answer(whole))().scores[0]?.values).toEqual(whole);
  expect(read(answer([[1, 2]]))).toThrow("Expected clipscore for 2 images and 2 texts");
  expect(read(answer([[1], [3]]))).toThrow("Expected clipscore");
  expect(read(answer(whole, "imagereward"))).toThrow("Expected clipscore");
  expect(
    read(
      answer([
        [1, "NaN"],
        [3, 4],
      ]),
    ),
  ).toThrow("scores are wrong at scores.0.values.0.1");
  expect(read("<html>")).toThrow("not JSON");
});
