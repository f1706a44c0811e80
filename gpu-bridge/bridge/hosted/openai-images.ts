import OpenAI, { APIError } from "openai";
import type { RenderInput } from "@/gpu-bridge/contract/schemas";
import type { Endpoint, Health } from "../endpoint";
import { RenderFailure } from "../failure";
import { largestAnswerBytes } from "../read-answer";
import type { Hosted } from "../settings";
import { drawSeeds, HOSTED_OFFER, type HostedImage } from "./draw-seeds";
import { fetchImage } from "./fetch-image";
import { refusalOf } from "./refusal-of";

const HEALTH_MS = 5_000;
const KEY = "OPENAI_API_KEY";
const IGNORED = ["negative_prompt", "steps", "guidance_scale", "scheduler", "concepts"] as const;

/**
 * A model behind an API of the shape of OpenAI's images. It takes no seed: every image is a fresh draw, so
 * that the same seed of a platform's seed set names another image each time (`trace.keeps_seeds` is false).
 */
export function connectOpenAiImages({ model, url, key }: Hosted): Endpoint {
  const client = new OpenAI({ apiKey: key, baseURL: url, maxRetries: 0 });
  return {
    predict: async ({ input }, { signal }) => {
      const draw = () => drawOne(client, model, input, signal);
      const text = await drawSeeds(input, draw, () => ({ name: model, revision: "unversioned" }), {
        keepsSeeds: false,
        ignored: IGNORED,
      });
      return { status: 200, text };
    },
    // A dropped request is all that there is to stop.
    cancel: async () => undefined,
    health: () => health(client, model),
    close: async () => undefined,
  };
}

async function drawOne(
  client: OpenAI,
  model: string,
  { prompt, width, height, method_params }: RenderInput,
  signal: AbortSignal,
): Promise<HostedImage> {
  const size = `${width}x${height}` as "1024x1024";
  try {
    const answer = await client.images.generate(
      { ...method_params, model, prompt, n: 1, size, stream: false },
      { signal },
    );
    const [image] = answer.data ?? [];
    const limit = largestAnswerBytes({ seeds: [0], width, height });
    const bytes = image?.b64_json
      ? Buffer.from(image.b64_json, "base64")
      : await fetchImage(image?.url ?? "", limit, signal);
    // Some models draw another prompt than they were asked for: a reader must be able to see it.
    return { bytes, said: image?.revised_prompt ? { revised_prompt: image.revised_prompt } : {} };
  } catch (error) {
    if (signal.aborted || error instanceof RenderFailure) throw error;
    throw failureIn(error);
  }
}

async function health(client: OpenAI, model: string): Promise<Health> {
  try {
    await client.models.retrieve(model, { timeout: HEALTH_MS });
    return { health: "ready", said: { status: "READY", hosted: model }, offer: HOSTED_OFFER };
  } catch (error) {
    // Servers of this shape need not list their models.
    if (error instanceof APIError && error.status === 404) {
      return { health: "ready", said: { status: "READY", hosted: model }, offer: HOSTED_OFFER };
    }
    return {
      health: "unreachable",
      said: { status: "UNKNOWN", reason: failureIn(error).message },
      offer: HOSTED_OFFER,
    };
  }
}

const failureIn = (error: unknown) =>
  refusalOf(error instanceof APIError ? error.status : undefined, String(error), KEY);
