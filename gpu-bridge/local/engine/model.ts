import type { Feed, Networks } from "./networks";
import { type Picture, pictureOf } from "./pictures";
import { Refused } from "./refused";
import type { Tokenize } from "./tokenizer";
import { areFinite } from "./vectors";

// The shapes that the graphs are exported with.
export const LATENT = [4, 16, 16] as const;
export const LATENT_SIZE = 4 * 16 * 16;
export const SIDE = 64;
const WIDTH = 128;
// A guided step of a 20-image grid is one batch.
export const ROWS = 40;
const KEPT_TEXTS = 256;

/** What stays between predictions: the networks, and texts that were encoded. */
export type Generator = { networks: Networks; tokenize: Tokenize; kept: Map<string, Float32Array> };

export type Model = ReturnType<typeof makeModel>;

/** The generator as one prediction uses it: counted, and stopped by its signal before the next batch. */
export function makeModel(generator: Generator, signal: AbortSignal) {
  const counted = { evals: 0 };
  const { encode, removed, unknown } = encoderOf(generator, signal);

  /** v of each row at a training step; `x` is scaled already, `told[i]` is row i's text. */
  async function predict(
    x: readonly Float32Array[],
    t: number,
    told: readonly Float32Array[],
    most = ROWS,
  ): Promise<Float32Array[]> {
    const made = new Array<Float32Array>(x.length);
    const order = byImage(x);
    for (let at = 0; at < order.length; at += most) {
      const rows = order.slice(at, at + most);
      const { out_sample = [] } = await generator.networks.unet(feedsOf(rows, x, t, told), signal);
      counted.evals += rows.length;
      for (const [place, row] of rows.entries()) made[row] = out_sample[place] ?? only([]);
    }
    return made;
  }

  const decode = (latents: readonly Float32Array[]) => decoded(generator.networks, latents, signal);
  return { counted, removed, unknown, encode, predict, decode };
}

/** The rows of an image stand together, so that they share a batch. */
function byImage(x: readonly Float32Array[]): number[] {
  const [, image] = distinct(x);
  const of = (row: number) => image[row]?.[0] ?? 0;
  return [...x.keys()].toSorted((one, other) => of(one) - of(other));
}

/** Each image and each text once, and of each row which of them: the network shares what it can. */
function feedsOf(
  rows: readonly number[],
  x: readonly Float32Array[],
  t: number,
  told: readonly Float32Array[],
): Record<string, Feed> {
  const [images, image] = distinct(rows.map((row) => x[row] ?? only([])));
  const [texts, text] = distinct(rows.map((row) => told[row] ?? only([])));
  return {
    sample: { rows: images, dims: LATENT },
    timestep: { rows: [[t]], dims: [] },
    texts: { rows: texts, dims: [only(texts).length / WIDTH, WIDTH] },
    image: { rows: image, dims: [] },
    text: { rows: text, dims: [] },
  };
}

/** The different ones, and of each the place among them. */
function distinct<T>(all: readonly T[]): [T[], number[][]] {
  const places = new Map([...new Set(all)].map((one, place) => [one, place]));
  return [[...places.keys()], all.map((one) => [places.get(one) ?? 0])];
}

/** Texts of one prediction, and what of them the encoder did not read or know. */
function encoderOf({ networks, tokenize, kept }: Generator, signal: AbortSignal) {
  const removed: Record<string, string> = {};
  const unknown = new Set<string>();

  /** (tokens, width), flattened. Each text is encoded once and kept. */
  async function encode(text: string): Promise<Float32Array> {
    const tokens = tokenize(text);
    for (const word of tokens.unknown) unknown.add(word);
    if (tokens.removed) removed[text] = tokens.removed;
    const known = kept.get(text);
    kept.delete(text);
    const hidden = known ?? (await encodeAnew(tokens.ids));
    kept.set(text, hidden);
    const [oldest] = kept.keys();
    if (kept.size > KEPT_TEXTS && oldest !== undefined) kept.delete(oldest);
    return hidden;
  }

  async function encodeAnew(ids: readonly number[]): Promise<Float32Array> {
    const feeds = { input_ids: { rows: [ids], dims: [ids.length] } };
    return only((await networks.textEncoder(feeds, signal)).last_hidden_state);
  }

  return { encode, removed, unknown };
}

async function decoded(
  networks: Networks,
  latents: readonly Float32Array[],
  signal: AbortSignal,
): Promise<Picture[]> {
  if (!latents.every(areFinite)) {
    throw new Refused("The model made numbers that are not finite: less guidance may help.");
  }
  const pictures: Picture[] = [];
  for (let at = 0; at < latents.length; at += ROWS) {
    const rows = latents.slice(at, at + ROWS);
    const { image = [] } = await networks.decoder({ latents: { rows, dims: LATENT } }, signal);
    pictures.push(...image.map(pictureOf));
  }
  return pictures;
}

function only<T>(rows: readonly T[] | undefined): T {
  const [row] = rows ?? [];
  if (row === undefined) throw new Error("A network answered without a row");
  return row;
}
