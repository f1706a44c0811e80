import type { Networks } from "./networks";
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
    const made: Float32Array[] = [];
    for (let at = 0; at < x.length; at += most) {
      const rows = x.slice(at, at + most);
      const texts = told.slice(at, at + most);
      const feeds = {
        sample: { rows, dims: LATENT },
        timestep: { rows: rows.map(() => [t]), dims: [] },
        encoder_hidden_states: { rows: texts, dims: [(texts[0]?.length ?? 0) / WIDTH, WIDTH] },
      };
      const { out_sample = [] } = await generator.networks.unet(feeds, signal);
      counted.evals += rows.length;
      made.push(...out_sample);
    }
    return made;
  }

  const decode = (latents: readonly Float32Array[]) => decoded(generator.networks, latents, signal);
  return { counted, removed, unknown, encode, predict, decode };
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
