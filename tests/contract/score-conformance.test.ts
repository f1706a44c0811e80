import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { checkScorers } from "@/gpu-bridge/contract/conformance-scores";
import { ScoreInput } from "@/gpu-bridge/contract/score-schemas";

type Change = (values: number[][], asked: ScoreInput, call: number) => number[][];
const NAMED = [{ name: "blip-itm" }, { name: "clipscore" }];
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Scores by the lengths of images and texts; `change` is what is wrong with it. */
async function startScorer(
  change: Change = (values) => values,
  knowsAll = false,
  about: object = { scorers: NAMED },
  health: object = {},
) {
  let calls = 0;
  const server = createServer(async (request, response) => {
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (request.url === "/health-check") return send(200, { status: "READY", ...health });
    if (request.url === "/openapi.json")
      return send(200, { paths: { "/predictions/{id}": { put: {} } }, "x-teacup": about });
    const asked = ScoreInput.safeParse(JSON.parse(await text(request)).input);
    if (!asked.success) return send(422, { detail: asked.error.message });
    const { images, scores } = asked.data;
    if (!knowsAll && scores.some(({ scorer }) => scorer !== "clipscore"))
      return send(200, { status: "failed", error: "permanent: no such scorer is here" });
    calls++;
    const answers = scores.map(({ scorer, texts }) => ({
      scorer,
      version: "1",
      settings: {},
      model: { name: "fake", revision: "1", weights_hash: "f" },
      texts,
      values: change(
        images.map((image) => texts.map((words) => image.length / words.length)),
        asked.data,
        calls,
      ),
    }));
    return send(200, { status: "succeeded", output: { scores: answers } });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const failed = async (url: string) =>
  (await checkScorers(url, ["clipscore"])).filter(({ ok }) => !ok).map(({ name }) => name);

test("an endpoint that scores as the contract says passes", async () => {
  expect(await failed(await startScorer())).toEqual([]);
});

test.each<[what: string, change: Change, found: string]>([
  ["misses an image", (values) => values.slice(1), "several scorers answer in one call"],
  ["misses a text", (values) => values.map((row) => row.slice(1)), "several scorers answer"],
  [
    "changes its mind",
    (values, _asked, call) => values.map((row) => row.map((value) => value + call)),
    "the same images give the same numbers",
  ],
  [
    "ranks images against each other",
    (values) => values.map((row) => row.map((value) => value / values.length)),
    "an image's numbers do not depend",
  ],
  [
    "ranks texts against each other",
    (values) => values.map((row) => row.map((value) => value / row.length)),
    "a text's numbers do not depend",
  ],
])("the suite finds an endpoint that %s", async (_what, change, found) => {
  expect((await failed(await startScorer(change))).join()).toContain(found);
});

test("the suite finds an endpoint that scores with what it does not have", async () => {
  const url = await startScorer(undefined, true);

  expect(await failed(url)).toEqual([
    "a scorer that it does not have fails for good, in a sentence",
  ]);
});

const NAMES = "GET /openapi.json names the scorers, and the models it judges unasked";
const brokenPromises = async (about: object) => {
  const checks = await checkScorers(await startScorer(undefined, false, about), ["clipscore"]);
  return checks.filter(({ ok }) => !ok).map(({ name, detail }) => [name, detail]);
};

test("an endpoint that names the models it judges unasked passes, and is told which", async () => {
  const judges = ["Tiny World: generator", "m".repeat(200)];
  const url = await startScorer(undefined, false, { scorers: NAMED, judges });
  const told = (await checkScorers(url, ["clipscore"])).find(({ name }) => name === NAMES);

  expect(told).toEqual({ name: NAMES, ok: true, detail: `judges ${judges.join(", ")}` });
});

test.each([
  ["one name that stands in no list", "Tiny World: generator", "x-teacup.judges"],
  ["something that is no name", ["Tiny World: generator", { name: "it" }], "x-teacup.judges.1"],
  ["an empty name", [""], "x-teacup.judges.0"],
  ["a name of 201 characters", ["m".repeat(201)], "x-teacup.judges.0"],
  ["65 names", Array(65).fill("m"), "x-teacup.judges"],
])(
  "judges that is %s breaks that promise alone, and the suite says what to give",
  async (_what, judges, place) => {
    expect(await brokenPromises({ scorers: NAMED, judges })).toEqual([
      [
        NAMES,
        `Error: ${place} is wrong: give up to 64 names of 1 to 200 characters, each the model.name of a render's answer, or leave judges out; like this no run is scored by itself`,
      ],
    ]);
  },
);

test.each([
  ["no scorer beside what it judges", { judges: ["m"] }, "x-teacup.scorers is wrong"],
  [
    "another scorer than the one asked",
    { scorers: [{ name: "oracle" }] },
    "x-teacup.scorers lacks clipscore",
  ],
])("a description with %s breaks that promise alone", async (_what, about, says) => {
  expect(await brokenPromises(about)).toEqual([
    [
      NAMES,
      `Error: ${says}: name each scorer there, as [{"name": "clipscore"}], 1 to 64 of them, or nobody can ask for it`,
    ],
  ]);
});

const drawing = (name: string) => {
  const model = { name, revision: "1", weights_hash: "f" };
  const endpoint = { contract_version: 1, name: "it", concurrency: 1, model, methods: [] };
  return startScorer(undefined, false, {}, { endpoint });
};
const against = async (generator: string, judges?: string[]) => {
  const url = await startScorer(undefined, false, { scorers: NAMED, judges });
  return (await checkScorers(url, ["clipscore"], generator)).find(({ name }) => name === NAMES);
};

test("beside a generator the suite says whether its model is among those that are judged unasked, and what to add", async () => {
  const generator = await drawing("Tiny World: generator");
  const mend = `add "Tiny World: generator", as ${generator} names its model`;

  expect(await against(generator, ["m", "Tiny World: generator"])).toMatchObject({ ok: true });
  expect(await against(generator, ["tiny world", "m"])).toMatchObject({
    ok: false,
    detail: `Error: x-teacup.judges names tiny world, m: ${mend}`,
  });
  expect(await against(generator)).toMatchObject({
    ok: false,
    detail: `Error: x-teacup.judges names none: ${mend}`,
  });
});

test("a generator whose health check names no model is not taken for one that is judged", async () => {
  const generator = await startScorer();

  expect(await against(generator, ["m"])).toMatchObject({
    ok: false,
    detail: `Error: the health check of ${generator} names no model: compare judges with model.name of an answer`,
  });
});
