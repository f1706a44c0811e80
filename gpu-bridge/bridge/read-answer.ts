import { isDeepStrictEqual } from "node:util";
import {
  FilteredOutput,
  failureOf,
  Prediction,
  Refusal,
  type RenderInput,
} from "@/gpu-bridge/contract/schemas";
import { checkNotes } from "./check-notes";
import { RenderFailure } from "./failure";
import { storable } from "./storable";

export type Answer = {
  /** null: a filter took it. */
  images: (Buffer | null)[];
  /** Why it did; null: all are there. */
  filtered: string | null;
  evals: number | null;
  backwards: number | null;
  weightsHash: string;
  /** What else the endpoint tells of its model but training. */
  model: Record<string, unknown> & { name: string; revision: string };
  /** As it was resolved; of its parameters those that the render's own input does not say. */
  method: FilteredOutput["method"];
  /** How its weights were trained, in the endpoint's words; null: it does not tell. */
  training: Record<string, unknown> | null;
  timings: Record<string, unknown>;
  trace: Record<string, unknown>;
};

type Asked = Pick<RenderInput, "seeds" | "width" | "height" | "method_params">;
type Predicted = { id: string; input: Asked };

const PNG_PREFIX = "data:image/png;base64,";
const PNG_MAGIC = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const LARGEST_REST_BYTES = 8 * 1024 * 1024;
// What the product takes.
const LARGEST_COUNT = 2 ** 31 - 1;
export const LONGEST_HASH = 1000;
const LONGEST_REASON = 500;

/** No PNG of that size can be longer: 16 bits of four channels, uncompressed, in base64. */
export function largestAnswerBytes({
  seeds,
  width,
  height,
}: Pick<Asked, "seeds" | "width" | "height">): number {
  const image = width * height * 8 + height + 64 * 1024;
  return Math.ceil(seeds.length * image * (4 / 3)) + LARGEST_REST_BYTES;
}

/** @throws RenderFailure that says what is wrong with the answer. */
export const readAnswer = (status: number, text: string, { id, input }: Predicted): Answer =>
  readOutput(outputOf(status, text, id), input);

/** What a prediction that succeeded gave, whatever it was about. */
export function outputOf(status: number, text: string, id: string): unknown {
  if (status !== 200) throw refusalOf(status, text);
  const prediction = Prediction.safeParse(jsonIn(text));
  if (!prediction.success)
    throw new RenderFailure("retryable", "The endpoint answered something else than a prediction");
  // Hosts and simple servers tell no id.
  if ((prediction.data.id ?? id) !== id) {
    throw new RenderFailure("retryable", "The endpoint answered for another prediction");
  }
  if (prediction.data.status === "failed") {
    const { message, permanent } = failureOf(prediction.data);
    throw new RenderFailure(permanent ? "permanent" : "retryable", message);
  }
  if (prediction.data.status !== "succeeded") {
    throw new RenderFailure("retryable", `The endpoint ended as ${prediction.data.status}`);
  }
  return prediction.data.output;
}

function readOutput(raw: unknown, asked: Asked): Answer {
  const parsed = FilteredOutput.safeParse(raw);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue?.path.join(".") ?? "";
    throw new RenderFailure(
      "retryable",
      `The endpoint's output is wrong at ${place}: ${issue?.message}`,
    );
  }
  const output = parsed.data;
  const expected = asked.seeds.length;
  if (output.images.length !== expected) {
    throw new RenderFailure(
      "retryable",
      `Expected ${expected} images, got ${output.images.length}`,
    );
  }
  if (output.seeds.some((seed, i) => seed !== asked.seeds[i]) || output.seeds.length !== expected) {
    throw new RenderFailure("retryable", "The endpoint drew other seeds than it was asked for");
  }
  const { timings, trace } = output;
  const { weights_hash: weightsHash, training, ...model } = output.model;
  const method = withoutAsked(output.method, asked.method_params);
  refuseUnstorable(output, { timings, trace, training, model, method });
  return {
    images: output.images.map((image, i) => (image === null ? null : readPng(image, i + 1, asked))),
    filtered: filteredIn(output),
    evals: output.evals,
    backwards: output.backwards,
    weightsHash,
    model,
    method,
    training: training ?? null,
    timings,
    trace,
  };
}

function filteredIn({ images, filtered }: FilteredOutput): string | null {
  if (!images.includes(null)) return null;
  const reason = storable((filtered ?? "").slice(0, LONGEST_REASON)).trim();
  if (reason) return reason;
  throw new RenderFailure("retryable", "The endpoint left out images and said no reason");
}

/** What the render asked for stands with it already, masks of objects among it. */
function withoutAsked(method: FilteredOutput["method"], asked: RenderInput["method_params"] = {}) {
  const isAsked = ([name, value]: [string, unknown]) =>
    Object.hasOwn(asked, name) && isDeepStrictEqual(asked[name], value);
  const resolved = Object.entries(method.parameters).filter((entry) => !isAsked(entry));
  return { ...method, parameters: Object.fromEntries(resolved) };
}

function refuseUnstorable({ evals, backwards, model }: FilteredOutput, notes: object) {
  if (Math.max(evals ?? 0, backwards ?? 0) > LARGEST_COUNT) {
    throw new RenderFailure("retryable", "The endpoint counted more rows than can be kept");
  }
  if (model.weights_hash.length > LONGEST_HASH) {
    throw new RenderFailure("retryable", `The weights' hash is longer than ${LONGEST_HASH}`);
  }
  checkNotes(notes);
}

/** The header only: the product decodes every pixel before it stores the file. */
function readPng(dataUrl: string, number: number, { width, height }: Asked): Buffer {
  const png = Buffer.from(dataUrl.slice(PNG_PREFIX.length), "base64");
  if (png.length === 0) throw new RenderFailure("retryable", `Image ${number} is empty`);
  if (png.length < 24 || !png.subarray(0, 8).equals(PNG_MAGIC)) {
    throw new RenderFailure("retryable", `Image ${number} is not a PNG`);
  }
  const made = `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;
  if (made !== `${width}x${height}`) {
    throw new RenderFailure("retryable", `Asked for ${width}x${height}, got ${made}`);
  }
  return png;
}

function jsonIn(text: string): unknown {
  try {
    // What cannot be stored can only have come as an escape; megabytes of images have none.
    if (!text.includes("\\u")) return JSON.parse(text);
    return JSON.parse(text, (_key, value) => storableValue(value));
  } catch (cause) {
    throw new RenderFailure("retryable", "The endpoint's answer is not JSON", { cause });
  }
}

function storableValue(value: unknown): unknown {
  if (typeof value === "string") return storable(value);
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  const names = Object.keys(value);
  if (names.every((name) => storable(name) === name)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, of]) => [storable(name), of]));
}

const BUSY = new Map([
  // Cog's word for an id that runs: this attempt was given back, and its prediction is not quite over.
  [202, "The endpoint is still at this very prediction"],
  [409, "The endpoint is busy with the same prediction"],
  [429, "The endpoint asks to slow down"],
  [503, "The endpoint is not ready"],
]);

function refusalOf(status: number, text: string): RenderFailure {
  const busy = BUSY.get(status);
  if (busy) return new RenderFailure("busy", busy);
  if (status !== 422) return new RenderFailure("retryable", `The endpoint answered with ${status}`);
  const refusal = Refusal.safeParse(jsonIn(text));
  const detail = refusal.success ? refusal.data.detail : "without a reason";
  const words = typeof detail === "string" ? detail : detail.map((part) => part.msg).join("; ");
  return new RenderFailure("permanent", `The endpoint refused the input: ${words}`);
}
