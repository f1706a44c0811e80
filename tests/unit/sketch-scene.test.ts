import { expect, test } from "vitest";
import type { RenderInput } from "@/gpu-bridge/contract/schemas";
import { drawScene } from "@/gpu-bridge/local/draw/draw-scene";
import { drawsFor } from "@/gpu-bridge/local/draws";
import { readWorld } from "@/gpu-bridge/local/read-world";
import { makeSimulator, renderPrompt } from "@/gpu-bridge/local/render-prompt";
import { oddsOf, planScene, trueSceneOf } from "@/gpu-bridge/local/scene/plan-scene";
import type { Entry, Role } from "@/gpu-bridge/local/scene/vocabulary";
import { levelOf } from "@/server/rating/domain/level";

const world = readWorld();
const simulator = makeSimulator(world);
const sheet = { prompt: "on a wooden table", width: 512, height: 512 };

const entriesOf = (role: Role): Entry[] =>
  world.lexicon.families.flatMap((family) =>
    (role === "content" ? family.contents : family.hosts).map(({ id, name }, index) => ({
      role,
      familyId: family.id,
      index,
      id,
      name,
    })),
  );
const contents = entriesOf("content");
const hosts = entriesOf("host");
const render = (input: Partial<RenderInput>) =>
  renderPrompt(
    simulator,
    { prompt: "a tea cup of iced coke", seeds: [1], width: 96, height: 96, ...input },
    AbortSignal.timeout(60_000),
  );

test("every content goes into or at every host of every family, and stands alone", () => {
  for (const content of [...contents, null]) {
    for (const host of [...hosts, null]) {
      const svg = drawScene(world, { content, host }, drawsFor(7, "x"), sheet);
      expect(svg).not.toMatch(/NaN|undefined|\{\w+\}/);
    }
  }
});

test("every picture of the world is one that the renderer can rasterise", async () => {
  for (const { name } of [...contents, ...hosts]) {
    const { images } = await render({ prompt: name, concepts: [{ text: name }] });
    expect(images).toHaveLength(1);
  }
}, 60_000);

test("equal seeds give equal bytes, and more seeds never change the first ones", async () => {
  const few = await render({ seeds: [5, 6] });
  const again = await render({ seeds: [5, 6] });
  const more = await render({ seeds: [5, 6, 7, 8] });

  expect(again.images).toEqual(few.images);
  expect(more.images.slice(0, 2)).toEqual(few.images);
  expect(new Set(more.images).size).toBe(4);
});

test("an answer says what it is, and that no network was evaluated", async () => {
  const output = await render({ seeds: [5] });

  expect(output).toMatchObject({
    evals: 0,
    backwards: 0,
    model: { name: "Sketch simulator", weights_hash: world.hash },
    method: { name: "sketch" },
  });
});

test("the trace says what was asked, what was drawn and whether the typical host took its place", async () => {
  const seeds = Array.from({ length: 40 }, (_, seed) => seed);
  const { trace } = await render({ seeds, prompt: "honey in a tumbler glass" });
  const scenes = trace.scenes as ReturnType<typeof trueSceneOf>[];

  expect(scenes.some(({ correct }) => correct)).toBe(true);
  expect(scenes.find(({ substituted }) => substituted)).toEqual({
    content: "honey",
    host: "jar",
    asked: { content: "honey", host: "tumbler glass" },
    drawn: { content: "honey", host: "jar" },
    correct: false,
    substituted: true,
  });
});

const atypical = contents.flatMap((content) =>
  hosts
    .filter(({ familyId, index }) => familyId === content.familyId && index !== content.index)
    .map((host) => ({ content, host })),
);

function levelOfPair({ content, host }: (typeof atypical)[number]): number {
  const scenes = Array.from({ length: 5 }, (_, prompt) =>
    Array.from({ length: 4 }, (_, seed) => {
      const draws = drawsFor(1000 + seed * 77, `${content.name} ${host.name} ${prompt}`);
      return trueSceneOf(world, { content, host }, planScene(world, { content, host }, draws));
    }),
  ).flat();
  return levelOf(scenes.filter(({ correct }) => correct).length);
}

test("over the 528 atypical pairs all five Levels occur, about half of them 4 or 5", () => {
  const counts = new Map([1, 2, 3, 4, 5].map((level) => [level, 0]));
  for (const pair of atypical) {
    const level = levelOfPair(pair);
    counts.set(level, (counts.get(level) ?? 0) + 1);
  }

  expect(atypical).toHaveLength(528);
  for (const count of counts.values()) expect(count).toBeGreaterThan(40);
  const hard = (counts.get(4) ?? 0) + (counts.get(5) ?? 0);
  expect(hard / 528).toBeGreaterThan(0.4);
  expect(hard / 528).toBeLessThan(0.6);
});

test("a typical pair is nearly always drawn as asked", () => {
  for (const content of contents) {
    const host = hosts.find((h) => h.familyId === content.familyId && h.index === content.index);
    expect(oddsOf(world, content, host!)).toBeGreaterThan(0.9);
  }
});

test("pairs across families have odds between never and nearly always", () => {
  const odds = contents.flatMap((content) => hosts.map((host) => oddsOf(world, content, host)));

  expect(Math.min(...odds)).toBe(0);
  expect(Math.max(...odds)).toBeLessThan(1);
});
