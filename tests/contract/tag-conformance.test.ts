import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, test } from "vitest";
import { checkTags } from "@/gpu-bridge/contract/conformance-tags";
import { type Tag, TagInput } from "@/gpu-bridge/contract/tag-schemas";

type Images = { tags: Tag[] }[];
type Change = (images: Images, call: number) => Images;
const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

// 16 x 16 pixels, all white.
const MASK =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAABAAAAAQAQAAAAA3iMLMAAAADklEQVR42mP4/5+BFAQA/U4f4d7IdZcAAAAASUVORK5CYII=";
const TOOL = {
  name: "fake",
  version: "1",
  settings: {},
  model: { name: "fake", revision: "1", weights_hash: "f" },
};

/** Finds every phrase in every image; `change` is what is wrong with it. */
async function startTagger(
  change: Change = (images) => images,
  { takesTwice = false, names = { detector: TOOL, segmenter: TOOL } as object } = {},
) {
  let calls = 0;
  const server = createServer(async (request, response) => {
    const send = (status: number, body: unknown) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    if (request.url === "/health-check") return send(200, { status: "READY" });
    if (request.url === "/openapi.json")
      return send(200, { paths: { "/predictions/{id}": { put: {} } }, "x-teacup": names });
    const asked = TagInput.safeParse(JSON.parse(await text(request)).input);
    if (!asked.success) return send(422, { detail: asked.error.message });
    const { images, phrases } = asked.data;
    const distinct = new Set(phrases.map((phrase) => phrase.toLowerCase()));
    if (!takesTwice && distinct.size < phrases.length)
      return send(200, { status: "failed", error: "permanent: a phrase stands there twice" });
    calls++;
    const found = images.map((image) => ({
      tags: phrases.map((phrase) => ({
        phrase,
        score: 10 / image.length,
        boxes: [[0, 0, 16, 16]],
        mask: MASK,
      })),
    }));
    const output = { images: change(found, calls), detector: TOOL, segmenter: TOOL };
    return send(200, { status: "succeeded", output });
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  closing.push(() => server.close().closeAllConnections());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const failed = async (url: string) =>
  (await checkTags(url)).filter(({ ok }) => !ok).map(({ name }) => name);

const each = (images: Images, change: (tag: Tag) => Tag) =>
  images.map(({ tags }) => ({ tags: tags.map(change) }));

test("an endpoint that tags as the contract says passes, even if it finds nothing", async () => {
  expect(await failed(await startTagger())).toEqual([]);
  expect(await failed(await startTagger((images) => images.map(() => ({ tags: [] }))))).toEqual([]);
});

test.each<[what: string, change: Change, found: string]>([
  ["misses an image", (images) => images.slice(1), "every image comes back"],
  [
    "tags what nobody asked for",
    (images) => each(images, (tag) => ({ ...tag, phrase: "dog" })),
    "every image comes back",
  ],
  [
    "turns the phrases' order around",
    (images) => images.map(({ tags }) => ({ tags: tags.toReversed() })),
    "every image comes back",
  ],
  [
    "draws a box beyond the image",
    (images) => each(images, (tag) => ({ ...tag, boxes: [[0, 0, 17, 16]] })),
    "boxes lie inside",
  ],
  [
    "changes its mind",
    (images, call) => each(images, (tag) => ({ ...tag, score: 1 / call })),
    "the same images give the same tags",
  ],
  [
    "ranks images against each other",
    (images) => each(images, (tag) => ({ ...tag, score: tag.score / images.length })),
    "an image's tags do not depend",
  ],
])("the suite finds an endpoint that %s", async (_what, change, found) => {
  expect((await failed(await startTagger(change))).join()).toContain(found);
});

test("the suite finds an endpoint that answers one phrase twice", async () => {
  expect(await failed(await startTagger(undefined, { takesTwice: true }))).toEqual([
    "a phrase that is asked twice fails for good, in a sentence",
  ]);
});

test("the suite finds an endpoint that does not say what it finds things with", async () => {
  expect(await failed(await startTagger(undefined, { names: { detector: TOOL } }))).toEqual([
    "GET /openapi.json names the detector and the segmenter",
  ]);
});
