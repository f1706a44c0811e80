import Replicate, { type Prediction } from "replicate";
import type { RenderInput } from "@/gpu-bridge/contract/schemas";
import type { Endpoint, Health } from "../endpoint";
import { Filtered, RenderFailure } from "../failure";
import { pause } from "../pause";
import { predictionId } from "../platform";
import { largestAnswerBytes } from "../read-answer";
import type { Hosted } from "../settings";
import { drawSeeds, HOSTED_OFFER, type HostedImage } from "./draw-seeds";
import { fetchImage } from "./fetch-image";
import { refusalOf } from "./refusal-of";

const POLL_MS = 500;
const HEALTH_MS = 5_000;
const KEY = "REPLICATE_API_TOKEN";
// The client repeats 429, 5xx and broken connections by itself, at once and also where it orders
// something: a status that it does not know ends that, and this header tells the true one.
const UNREPEATED = 498;
const ANSWERED = "x-answered";

type Host = { client: Replicate; model: string; version: string | null };

/** A model on Replicate, or on a server with its API. One prediction a seed. */
export function connectReplicate({ model: address, url, key }: Hosted): Endpoint {
  const [model = "", version = null] = address.split(":");
  const client = new Replicate({ auth: key, baseUrl: url, fetch: fetchOnce, useFileOutput: false });
  const host = { client, model, version };
  const running = new Map<string, string>();
  return {
    predict: async (render, { signal }) => {
      const id = predictionId(render);
      let made = version ?? "";
      const draw = async (seed: number) => {
        const prediction = await order(host, render.input, seed, signal);
        running.set(id, prediction.id);
        made = versionOf(prediction) || made;
        return imageOf(await ended(host, prediction, signal), render.input, signal);
      };
      try {
        const text = await drawSeeds(
          render.input,
          draw,
          () => ({ name: model, revision: made || "unversioned" }),
          { keepsSeeds: true, ignored: ["concepts"] },
        );
        return { status: 200, text };
      } finally {
        if (!signal.aborted) running.delete(id);
      }
    },
    cancel: async (render) => {
      const id = running.get(predictionId(render));
      running.delete(predictionId(render));
      if (id) await stop(host, id);
    },
    health: () => health(host),
    close: async () => undefined,
  };
}

function order(
  { client, model, version }: Host,
  asked: RenderInput,
  seed: number,
  signal: AbortSignal,
) {
  const input = {
    prompt: asked.prompt,
    width: asked.width,
    height: asked.height,
    num_outputs: 1,
    ...(asked.negative_prompt ? { negative_prompt: asked.negative_prompt } : {}),
    ...(asked.steps ? { num_inference_steps: asked.steps } : {}),
    ...(asked.guidance_scale === undefined ? {} : { guidance_scale: asked.guidance_scale }),
    ...(asked.scheduler ? { scheduler: asked.scheduler } : {}),
    ...asked.method_params,
    seed,
  };
  const target = version ? { version } : { model };
  return said(() => client.predictions.create({ ...target, input, wait: false, signal }), signal);
}

async function ended({ client }: Host, ordered: Prediction, signal: AbortSignal) {
  let prediction = ordered;
  while (prediction.status === "starting" || prediction.status === "processing") {
    await pause(POLL_MS, signal);
    signal.throwIfAborted();
    prediction = await said(() => client.predictions.get(ordered.id, { signal }), signal);
  }
  return prediction;
}

async function imageOf(
  { id, status, output, error, metrics }: Prediction,
  asked: RenderInput,
  signal: AbortSignal,
): Promise<HostedImage> {
  if (status !== "succeeded") throw failureOf(status, String(error ?? ""));
  const address: unknown = Array.isArray(output) ? output[0] : output;
  const limit = largestAnswerBytes({ ...asked, seeds: [0] });
  const bytes = await fetchImage(String(address), limit, signal);
  return { bytes, said: { prediction: id, ...metrics } };
}

function failureOf(status: string, error: string): RenderFailure {
  const words = error.slice(0, 300) || "no reason was given";
  // Which says nothing about the model, and stays the same however often that seed is asked.
  if (/nsfw|safety|sensitive|flagged/i.test(error)) {
    return new Filtered(`The host's filter took the image: ${words}`);
  }
  return new RenderFailure(
    "retryable",
    status === "failed"
      ? `The host of the model failed: ${words}`
      : `The host ended it as ${status}`,
  );
}

const versionOf = ({ version }: Prediction) => (version === "hidden" ? "" : version);

async function stop({ client }: Host, id: string): Promise<void> {
  try {
    await client.predictions.cancel(id);
  } catch (error) {
    console.error("Cancelling a prediction failed:", String(error));
  }
}

async function health({ client, model, version }: Host): Promise<Health> {
  const [owner = "", name = ""] = model.split("/");
  const signal = AbortSignal.timeout(HEALTH_MS);
  try {
    if (version) await client.models.versions.get(owner, name, version, { signal });
    else await client.models.get(owner, name, { signal });
    return { health: "ready", said: { status: "READY", hosted: model }, offer: HOSTED_OFFER };
  } catch (error) {
    return {
      health: "unreachable",
      said: { status: "UNKNOWN", reason: reasonOf(error) },
      offer: HOSTED_OFFER,
    };
  }
}

async function said<T>(act: () => Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (signal.aborted) throw error;
    throw failureIn(error);
  }
}

const reasonOf = (error: unknown) => failureIn(error).message;

function failureIn(error: unknown): RenderFailure {
  const response = error instanceof Error && "response" in error ? error.response : null;
  const status =
    response instanceof Response
      ? Number(response.headers.get(ANSWERED) ?? response.status)
      : Number.NaN;
  return refusalOf(Number.isNaN(status) ? undefined : status, String(error), KEY);
}

async function fetchOnce(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  try {
    const response = await fetch(input, init);
    if (response.status !== 429 && response.status < 500) return response;
    return unrepeated(`${response.status}`, await response.text());
  } catch (error) {
    if (init?.signal?.aborted) throw error;
    return unrepeated("none", String(error));
  }
}

const unrepeated = (answered: string, body: string) =>
  new Response(body, { status: UNREPEATED, headers: { [ANSWERED]: answered } });
