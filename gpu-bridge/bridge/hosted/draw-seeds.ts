import sharp from "sharp";
import type { Offer } from "@/gpu-bridge/contract/offer";
import type { RenderInput } from "@/gpu-bridge/contract/schemas";
import { Filtered, RenderFailure } from "../failure";
import { largestAnswerBytes } from "../read-answer";

/** One image as its host gave it, and what the host said about it. */
export type HostedImage = { bytes: Buffer; said: Record<string, unknown> };

export type HostedModel = { name: string; revision: string };

type Notes = {
  /** Whether the host promises the same image for the same seed. */
  keepsSeeds: boolean;
  /** Fields of the input that this host's API has no place for. */
  ignored: readonly (keyof RenderInput)[];
};

const METHOD = { name: "hosted", version: "1" };

/** A host describes its models each in its own way: its parameters are passed on as they are. */
export const HOSTED_OFFER: Offer = {
  methods: [{ ...METHOD, title: "Hosted model", parameters: null, order: [], plan: null }],
  settings: null,
  vocabulary: null,
  note: null,
};

/**
 * Draws a render's seeds one after the other and answers as an endpoint would. A host counts no forward
 * rows: `evals` and `backwards` are null.
 */
export async function drawSeeds(
  input: RenderInput,
  draw: (seed: number) => Promise<HostedImage>,
  modelNow: () => HostedModel,
  { keepsSeeds, ignored }: Notes,
): Promise<string> {
  const { seeds, width, height, method_params = {} } = input;
  const startedAt = performance.now();
  const drawn: (HostedImage | Filtered)[] = [];
  for (const seed of seeds) drawn.push(await draw(seed).catch(ifFiltered));
  const filtered = drawn.find((one) => one instanceof Filtered);
  const limit = largestAnswerBytes({ seeds: [0], width, height });
  const images = await Promise.all(
    drawn.map((one) => (one instanceof Filtered ? null : asPng(one.bytes, limit))),
  );
  const { name, revision } = modelNow();
  return JSON.stringify({
    status: "succeeded",
    output: {
      images,
      ...(filtered ? { filtered: filtered.message } : {}),
      seeds,
      evals: null,
      backwards: null,
      timings: { total: (performance.now() - startedAt) / 1000 },
      // A host shows no weights: what it names must stay the same instead.
      model: { name, revision, weights_hash: `${name}:${revision}` },
      method: { ...METHOD, parameters: method_params },
      trace: {
        keeps_seeds: keepsSeeds,
        ignored: ignored.filter((field) => input[field] !== undefined),
        images: drawn.map((one) => (one instanceof Filtered ? {} : one.said)),
      },
    },
  });
}

/** The images at the other seeds are drawn all the same. */
function ifFiltered(error: unknown): Filtered {
  if (error instanceof Filtered) return error;
  throw error;
}

/** Hosts like to give WebP or JPEG; the product keeps PNG, and the pixels stay what they were. */
async function asPng(bytes: Buffer, limitBytes: number): Promise<string> {
  try {
    const image = sharp(bytes, { limitInputPixels: limitBytes });
    const { format } = await image.metadata();
    const png = format === "png" ? bytes : await image.png().toBuffer();
    return `data:image/png;base64,${png.toString("base64")}`;
  } catch (cause) {
    throw new RenderFailure("retryable", "The host's answer is not an image", { cause });
  }
}
