import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CONTRACT_VERSION, RenderInput } from "@/gpu-bridge/contract/schemas";
import { ScoreInput } from "@/gpu-bridge/contract/score-schemas";
import type { Ready } from "@/gpu-bridge/local/serve/endpoint";
import { measureWorld } from "@/trial/world/measure-testbed";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "testbed-levels-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const measured = (endpoints: ReturnType<typeof fakeEndpoints>) =>
  measureWorld(endpoints.world, join(folder, "levels.json"), () => undefined);

/** Endpoints of one family. The generator keeps the prompts; the oracle sees a pair first in the image of its number, or never. */
function fakeEndpoints(firstRight: Record<string, number>, weights = "w") {
  const prompts: string[] = [];
  const looks = new Map<string, number>();
  const model = (weights_hash: string) => ({ name: "fake", revision: "F1, seed 0", weights_hash });
  const method = { name: "plain", version: "1" };
  const vocabulary = { concepts: ["milk"], words: ["milk"] };
  const plain: Ready = {
    model: model(weights),
    methods: [method],
    openApi: { "x-teacup": { contract_version: CONTRACT_VERSION, vocabulary } },
    async run(input) {
      const { prompt, seeds } = RenderInput.parse(input);
      prompts.push(prompt);
      const images = seeds.map(() => "data:image/png;base64,AA==");
      return { images, seeds, evals: 40, model: plain.model, method };
    },
  };
  const oracle: Ready = {
    model: model("o"),
    methods: [],
    openApi: {},
    async run(input) {
      const { images, scores } = ScoreInput.parse(input);
      const texts = scores[0]?.texts ?? [];
      const pair = texts.join(" / ");
      const before = looks.get(pair) ?? 0;
      looks.set(pair, before + images.length);
      // Of any other image it sees the content alone, and of every second one it does not know.
      const values = images.map((_, at) =>
        before + at + 1 === firstRight[pair] ? [1, 0.5] : [1, at % 2 === 0 ? 0.49 : -1],
      );
      const about = { scorer: "oracle", version: "1", settings: {}, model: oracle.model };
      return { scores: [{ ...about, texts, values }] };
    },
  };
  return { world: { "/plain": plain, "/oracle": oracle }, prompts };
}

const EASY = { "milk / tea cup": 1, "milk / jug": 6, "iced coke / tea cup": 20 };

test("a pair is drawn until an image shows both concepts, and that image's number is told; 0 where none of 20 does", async () => {
  const endpoints = fakeEndpoints(EASY);

  const { firstCorrect, families } = await measured(endpoints);

  expect(families).toEqual(["F1"]);
  expect(firstCorrect.milk).toMatchObject({ "tea cup": 1, jug: 6, bowl: 0 });
  expect(firstCorrect["iced coke"]).toMatchObject({ "tea cup": 20, bowl: 0 });
  // Four images of each of five prompts; none of a prompt behind the one that showed it.
  const pairs = Object.values(firstCorrect).flatMap((row) => Object.keys(row)).length;
  expect(endpoints.prompts).toHaveLength(5 * pairs - 4 - 3);
});

test("what is typical is not asked: every other pair of the family is", async () => {
  const { firstCorrect } = await measured(fakeEndpoints({}));

  expect(Object.values(firstCorrect).map((row) => Object.keys(row).length)).toEqual(
    Array(12).fill(11),
  );
  expect(firstCorrect.milk).not.toHaveProperty("milk bottle");
});

test("what was seen of these weights is kept and not drawn again; of others all is drawn anew", async () => {
  const first = await measured(fakeEndpoints(EASY));
  expect(JSON.parse(readFileSync(join(folder, "levels.json"), "utf8"))).toEqual(first);

  const again = fakeEndpoints({});
  expect(await measured(again)).toEqual(first);
  expect(again.prompts).toEqual([]);

  const retrained = await measured(fakeEndpoints({}, "other"));
  expect(retrained.weights).toBe("other");
  expect(retrained.firstCorrect.milk).toMatchObject({ "tea cup": 0, jug: 0 });
});
