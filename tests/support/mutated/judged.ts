import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { seededDraws } from "@/server/mining/domain/random";
import { MASK } from "@/tests/support/fake-tag-endpoint";
import { CONNECTIONS } from "./connections";
import { put } from "./fields";
import { below, type Draw, type Good, type Mutation, pick, says } from "./mutation";

const MODEL = { name: "tiny", revision: "local", weights_hash: "f".repeat(64) };
const TOOL = { name: "grounding-dino", version: "1", settings: { threshold: 0.3 }, model: MODEL };

type Question = {
  images: string[];
  scores?: { scorer: string; texts: string[] }[];
  phrases?: string[];
};

/** What an honest endpoint says of images: scores where it was asked for scores, else tags. */
function outputTo({ images, scores, phrases = [] }: Question) {
  if (!scores) {
    const tag = (phrase: string) => ({ phrase, score: 0.7, boxes: [[0, 0, 16, 16]], mask: MASK });
    const tags = images.map(() => ({ tags: phrases.map(tag) }));
    return { images: tags, detector: TOOL, segmenter: TOOL, timings: { tag: 0.1 } };
  }
  const one = ({ scorer, texts }: { scorer: string; texts: string[] }) => ({
    scorer,
    version: "1",
    settings: { prefix: "A photo depicts " },
    model: MODEL,
    texts,
    values: images.map(() => texts.map(() => 0.5)),
    truncated: {},
  });
  return { scores: scores.map(one), timings: { decode: 0.1 } };
}

const NO_TEXTS = [7, true, [], {}, null, "", "x".repeat(2000)];
const NO_NUMBERS = ["0.5", true, [], {}, null];
const NO_OBJECTS = ["x", 7, true, [[]], null];
const NO_LISTS = ["x", 7, null, {}, [], [null], [[]], [{}]];

/** Of one kind of answer: where it has texts, numbers, objects and lists. */
type Places = Record<"texts" | "numbers" | "objects" | "lists" | "models", readonly string[]>;
const SCORES: Places = {
  texts: [
    "scores.0.scorer",
    "scores.0.version",
    "scores.0.model.name",
    "scores.0.model.weights_hash",
  ],
  numbers: ["scores.0.values.0.0", "scores.0.values.3.2", "timings.decode"],
  objects: ["scores.0", "scores.0.settings", "scores.0.model", "scores.0.truncated", "timings"],
  lists: ["scores", "scores.0.texts", "scores.0.values", "scores.0.values.0"],
  models: ["scores.0"],
};
const TAGS: Places = {
  texts: [
    "images.0.tags.0.phrase",
    "images.1.tags.0.mask",
    "detector.name",
    "segmenter.version",
    "detector.model.weights_hash",
  ],
  numbers: ["images.0.tags.0.score", "images.0.tags.0.boxes.0.3", "timings.tag"],
  objects: [
    "images.0",
    "images.0.tags.0",
    "detector",
    "segmenter.model",
    "detector.settings",
    "timings",
  ],
  lists: ["images", "images.0.tags.0.boxes", "images.0.tags.0.boxes.0"],
  models: ["detector", "segmenter"],
};

type Output = ReturnType<typeof outputTo>;

const spoilt = (name: string, spoil: (output: Output) => unknown): Mutation =>
  says(name, ({ answer }) => {
    spoil((answer as { output: Output }).output);
    return JSON.stringify(answer);
  });

const wrong = (path: string, value: unknown): Mutation =>
  spoilt(`${path} = ${JSON.stringify(value)?.slice(0, 20)}`, (output) =>
    put({ output } as unknown as Good, `output.${path}`, value),
  );

const FIELDS: ((draw: Draw, places: Places) => Mutation)[] = [
  (draw, { texts }) => wrong(pick(draw, texts), pick(draw, NO_TEXTS)),
  (draw, { numbers }) => wrong(pick(draw, numbers), pick(draw, NO_NUMBERS)),
  (draw, { objects }) => wrong(pick(draw, objects), pick(draw, NO_OBJECTS)),
  (draw, { lists }) => wrong(pick(draw, lists), pick(draw, NO_LISTS)),
  (draw, { models }) =>
    wrong(`${pick(draw, models)}.model.weights_hash`, "f".repeat(1001 + below(draw, 1e5))),
  (draw, { models }) => wrong(`${pick(draw, models)}.settings.note`, "x".repeat(800_000)),
  (draw, { models }) =>
    wrong(`${pick(draw, models)}.settings.deep`, nested(200 + below(draw, 900))),
  (draw, { models }) =>
    wrong(`${pick(draw, models)}.settings.${pick(draw, ["constructor", "prototype"])}`, {}),
  (draw) =>
    spoilt("one image short", (output) => {
      const lists: unknown[][] =
        output.scores === undefined ? [output.images] : output.scores.map(({ values }) => values);
      for (const list of lists) list.splice(below(draw, 2), 1);
    }),
  () =>
    spoilt("what nobody asked for", (output) => {
      if (output.scores) return output.scores.push(output.scores[0]!);
      const [first] = output.images;
      return first?.tags.push({ ...first.tags[0]!, phrase: "dog" });
    }),
  (draw) => {
    const share = draw();
    return says("half JSON", ({ answer }) => {
      const text = JSON.stringify(answer);
      return text.slice(0, 1 + Math.floor(share * (text.length - 1)));
    });
  },
];

/** Every kind in turn, each time with other draws. */
export function judgedMutationOf(kind: "scores" | "tags", seed: number): Mutation {
  const draw = seededDraws(seed);
  const places = kind === "scores" ? SCORES : TAGS;
  const field = FIELDS[seed % (FIELDS.length + CONNECTIONS.length)];
  if (field) return field(draw, places);
  return (CONNECTIONS[(seed - FIELDS.length) % CONNECTIONS.length] ?? FIELDS[0]!)(draw, places);
}

const nested = (depth: number) => JSON.parse("[".repeat(depth) + "]".repeat(depth)) as unknown;

/** An endpoint that is asked about images and answers as it was told to, and well when it was told nothing. */
export async function startJudgingLiar() {
  let lie: Mutation | null = null;
  const server = createServer(async (request, response) => {
    const [, id = "", cancel] = /^\/predictions\/([^/?]+)(\/cancel)?/.exec(request.url ?? "") ?? [];
    if (cancel) return response.writeHead(404).end();
    const { input } = (await json(request)) as { input: Question };
    // A lie changes what it is handed, and models are told of in several places.
    const output = structuredClone(outputTo(input));
    const answer = { id, status: "succeeded", output, error: null };
    if (lie) return lie.play(response, { id, seeds: [], width: 64, height: 64, answer });
    return response.end(JSON.stringify(answer));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    tell: (next: Mutation | null) => {
      lie = next;
    },
    close: async () => {
      server.close();
      server.closeAllConnections();
      if (server.listening) await once(server, "close");
    },
  };
}
