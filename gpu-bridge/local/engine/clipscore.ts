import { Tokenizer } from "@huggingface/tokenizers";
import { z } from "zod";
import type { ModelAbout, Scorer } from "./asking";
import type { ClipSettings } from "./endpoint-file";
import type { ModelFolder } from "./model-folder";
import type { Networks } from "./networks";
import { type Picture, planesOf } from "./pictures";
import { direction, dot } from "./vectors";

const KEPT_TEXTS = 1024;
// As many pictures at once as a grid has.
const ROWS = 20;
const PLANES = [3, 64, 64];
// MoCE's authors' thresholds, which grow with the weight: a delta of 0.01 is a cosine of 0.004.
const [WEIGHT, DELTA, TAU] = [2.5, 0.01, 0.72];
const TokenizerConfig = z.looseObject({ model_max_length: z.int().min(3) });

/** CLIPScore (Hessel et al. 2021): weight * max(0, cos(E_image(M), E_text(prefix + w))), by the dual encoder. */
export function makeClipScore(
  folder: ModelFolder,
  networks: Networks,
  settings: ClipSettings,
  model: ModelAbout,
): Scorer {
  const { prefix, weight, dtype } = settings;
  const delta = settings.delta ?? DELTA * (weight / WEIGHT);
  const tau = settings.tau ?? TAU * (weight / WEIGHT);
  const cut = cutOf(folder, prefix);
  const read = readerOf(networks, cut);
  return {
    name: "clipscore",
    thresholds: { delta, tau },
    about: {
      scorer: "clipscore",
      version: "1",
      settings: { dtype, delta, tau, prefix, weight },
      model,
    },
    async score(pictures, texts, signal) {
      const said: Float32Array[] = [];
      for (const text of texts) said.push(await read(text, signal));
      const seen = await look(networks, pictures, signal);
      return seen.map((image) => said.map((text) => weight * Math.max(0, dot(image, text))));
    },
    removed: (texts) => removedBy(cut, texts),
  };
}

/** A text's tokens behind the prefix, of which the dual encoder takes `most`. */
type Cut = {
  most: number;
  idsOf: (text: string) => number[];
  textOf: (ids: number[]) => string;
};

function cutOf(folder: ModelFolder, prefix: string): Cut {
  const config = folder.jsonOf("dual/tokenizer_config.json", TokenizerConfig);
  const cut = new Tokenizer(folder.jsonOf("dual/tokenizer.json", z.looseObject({})), config);
  return {
    most: config.model_max_length,
    idsOf: (text) => cut.encode(prefix + text).ids,
    textOf: (ids) => cut.decode(ids).trim(),
  };
}

/** A text's direction, kept: a search asks about the same few texts again and again. */
function readerOf(networks: Networks, { idsOf, most }: Cut) {
  const kept = new Map<string, Float32Array>();
  return async (text: string, signal: AbortSignal): Promise<Float32Array> => {
    const known = kept.get(text);
    if (known) return known;
    const ids = idsOf(text);
    // The end's mark stays last.
    const whole = ids.length > most ? [...ids.slice(0, most - 1), ...ids.slice(-1)] : ids;
    const feeds = { input_ids: { rows: [whole], dims: [whole.length] } };
    const { text_embeds: [made] = [] } = await networks.dualText(feeds, signal);
    if (!made) throw new Error("The dual encoder answered without a row");
    const found = direction(made);
    if (kept.size >= KEPT_TEXTS) kept.clear();
    kept.set(text, found);
    return found;
  };
}

async function look(networks: Networks, pictures: readonly Picture[], signal: AbortSignal) {
  const seen: Float32Array[] = [];
  for (let at = 0; at < pictures.length; at += ROWS) {
    const rows = pictures.slice(at, at + ROWS).map(planesOf);
    const feeds = { pixel_values: { rows, dims: PLANES } };
    const { image_embeds = [] } = await networks.dualVision(feeds, signal);
    seen.push(...image_embeds.map(direction));
  }
  return seen;
}

function removedBy({ idsOf, textOf, most }: Cut, texts: readonly string[]) {
  const ends = texts.map((text) => [text, idsOf(text).slice(most - 1, -1)] as const);
  const lost = ends.filter(([, ids]) => ids.length > 0);
  return Object.fromEntries(lost.map(([text, ids]) => [text, textOf(ids)]));
}
