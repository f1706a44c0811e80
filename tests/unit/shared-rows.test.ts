import { expect, test } from "vitest";
import { LATENT_SIZE, makeModel } from "@/gpu-bridge/local/engine/model";
import type { Feed, Network, Networks } from "@/gpu-bridge/local/engine/networks";

const WIDTH = 128;
const image = (mark: number) => new Float32Array(LATENT_SIZE).fill(mark);
const text = (mark: number) => new Float32Array(24 * WIDTH).fill(mark);

/** Answers each row with its image's mark and its text's, and keeps what it was fed. */
function watched() {
  const fed: Record<string, Feed>[] = [];
  const unet: Network = async (feeds) => {
    fed.push(feeds);
    const mark = (marks: string, rows: string, row: number) =>
      feeds[marks]?.rows[feeds[rows]?.rows[row]?.[0] ?? -1]?.[0] ?? Number.NaN;
    const rows = feeds.image?.rows.map((_, row) =>
      Float32Array.of(mark("sample", "image", row), mark("texts", "text", row)),
    );
    return { out_sample: rows ?? [] };
  };
  const generator = { networks: { unet } as Networks, tokenize: never, kept: new Map() };
  return { fed, model: makeModel(generator, new AbortController().signal) };
}

const never = () => {
  throw new Error("No text is encoded here");
};

const images = Array.from({ length: 25 }, (_, at) => image(at));
const [none, told] = [text(100), text(200)];
const rows = [...images, ...images];
const texts = [...images.map(() => none), ...images.map(() => told)];

test("each row is answered in its place, whatever batch it was in", async () => {
  const { model } = watched();

  const made = await model.predict(rows, 500, texts);

  const expected = [100, 200].flatMap((of) => images.map((_, at) => [at, of]));
  expect(made.map((row) => [...row])).toEqual(expected);
  expect(model.counted.evals).toBe(50);
});

test("the rows of an image share a batch, in which it and each text are fed once", async () => {
  const { fed, model } = watched();

  await model.predict(rows, 500, texts);

  const sizes = fed.map((feeds) =>
    ["sample", "texts", "image", "text", "timestep"].map((name) => feeds[name]?.rows.length),
  );
  expect(sizes).toEqual([
    [20, 2, 40, 40, 1],
    [5, 2, 10, 10, 1],
  ]);
});

test("a smaller batch can be asked for, also one that parts the rows of an image", async () => {
  const { fed, model } = watched();
  const same = image(2);
  const twice = [same, same];

  const made = await model.predict([image(1), ...twice], 500, [none, none, told], 2);

  expect(fed).toHaveLength(2);
  expect(made.map((row) => [...row])).toEqual([
    [1, 100],
    [2, 100],
    [2, 200],
  ]);
});
