import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { checkScorers } from "@/gpu-bridge/contract/conformance-scores";
import { ScoreInput } from "@/gpu-bridge/contract/score-schemas";

type Change = (values: number[][], asked: ScoreInput, call: number) => number[][];
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Scores by the lengths of images and texts; `change` is what is wrong with it. */
async function startScorer(change: Change = (values) => values, knowsAll = false) {
  let calls = 0;
  const server = createServer(async (request, response) => {
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (request.url === "/health-check") return send(200, { status: "READY" });
    if (request.url === "/openapi.json")
      return send(200, { paths: { "/predictions/{id}": { put: {} } } });
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
