import { below, changed, type Draw, type Good, type Mutation, pick } from "./mutation";

const NEEDED = [
  "status",
  "output",
  "output.images",
  "output.seeds",
  "output.evals",
  "output.model",
  "output.model.name",
  "output.model.revision",
  "output.model.weights_hash",
  "output.method",
  "output.method.name",
  "output.method.version",
];
const TEXTS = ["output.model.name", "output.model.weights_hash", "output.method.version"];
const COUNTS = ["output.evals", "output.backwards", "output.timings.render"];
const OBJECTS = [
  "output",
  "output.model",
  "output.method",
  "output.timings",
  "output.trace",
  "output.method.parameters",
];
const LISTS = ["output.images", "output.seeds"];

const NO_TEXTS = [7, true, [], {}, null, ""];
const NO_COUNTS = ["40", -1, -0.5, true, [], {}, 1e300, 2 ** 40];
const NO_OBJECTS = ["x", 7, true, [[]], null];
const NO_LISTS = ["x", 7, null, {}, [], [null], [[]], [{}], Array(65).fill(1)];

export const FIELDS: ((draw: Draw) => Mutation)[] = [
  (draw) => {
    const path = pick(draw, NEEDED);
    return changed(`without ${path}`, (good) => put(good, path, undefined));
  },
  (draw) => wrong(pick(draw, TEXTS), pick(draw, NO_TEXTS)),
  (draw) => wrong(pick(draw, COUNTS.slice(0, 2)), pick(draw, NO_COUNTS)),
  (draw) => wrong("output.timings.render", pick(draw, ["1", -1, null, [], {}])),
  (draw) => wrong(pick(draw, OBJECTS), pick(draw, NO_OBJECTS)),
  (draw) => wrong(pick(draw, LISTS), pick(draw, NO_LISTS)),
  (draw) => wrong("status", pick(draw, [...NO_TEXTS, "done", "SUCCEEDED", "ok", "x".repeat(1e6)])),
  (draw) => wrong("status", pick(draw, ["starting", "processing", "canceled"])),
  (draw) => wrong("output.model.weights_hash", "f".repeat(1001 + below(draw, 1e6))),
  (draw) => wrong(`output.timings.${"k".repeat(600 + below(draw, 1e5))}`, "slow"),
  (draw) => wrong("output.trace.note", "x".repeat(800_000 + below(draw, 1e6))),
  (draw) => wrong("output.trace.deep", nested(200 + below(draw, 4000))),
  (draw) => wrong(`output.timings.${"\0\ud83c".repeat(1 + below(draw, 300))}`, "slow"),
  (draw) => wrong(`output.trace.${pick(draw, ["constructor", "prototype"])}`, { isAdmin: true }),
  (draw) => {
    const seeds = pick(draw, SEED_CHANGES);
    return changed(`seeds: ${seeds.name}`, ({ output }) => {
      output.seeds = seeds(output.seeds as number[]);
    });
  },
  (draw) => {
    const error = pick(draw, ["", "out of\0memory", "<b>no</b>", "\ud83c", "x".repeat(1e6), null]);
    return changed(`failed: ${String(error).slice(0, 9)}`, (good) => {
      Object.assign(good, { status: "failed", error, output: null });
    });
  },
  () => changed("failed, with images", (good) => Object.assign(good, { status: "failed" })),
  (draw) =>
    changed("the id of another prediction", (good, { id }) => {
      good.id = pick(draw, [`${id}0`, id.slice(0, -1), "", id.toUpperCase().replace(/^./, "x")]);
    }),
];

const SEED_CHANGES: ((seeds: number[]) => unknown[])[] = [
  function reversed(seeds) {
    return seeds.toReversed();
  },
  function next(seeds) {
    return seeds.map((seed) => seed + 1);
  },
  function doubled(seeds) {
    return seeds.map(() => seeds[0]);
  },
  function texts(seeds) {
    return seeds.map(String);
  },
  function fractions(seeds) {
    return seeds.map((seed) => seed + 0.5);
  },
  function negative(seeds) {
    return seeds.map((seed) => -seed - 1);
  },
  function fewer(seeds) {
    return seeds.slice(1);
  },
  function more(seeds) {
    return [...seeds, 1];
  },
];

const wrong = (path: string, value: unknown): Mutation => {
  const shown = JSON.stringify(value)?.slice(0, 20);
  return changed(`${path.slice(0, 40)} = ${shown}`, (good) => put(good, path, value));
};

export function put(good: Good, path: string, value: unknown) {
  const keys = path.split(".");
  const last = keys.pop() as string;
  const place = keys.reduce<Record<string, unknown>>(
    (at, key) => at[key] as Record<string, unknown>,
    good,
  );
  Object.defineProperty(place, last, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

const nested = (depth: number) => JSON.parse("[".repeat(depth) + "]".repeat(depth)) as unknown;
