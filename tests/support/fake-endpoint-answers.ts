import { createHash, randomFillSync } from "node:crypto";
import type { RenderInput } from "@/gpu-bridge/contract/schemas";
import { makeCorruptPng, makePng } from "./make-png";

export const FAKE_WEIGHTS = "f".repeat(64);

type Asked = Pick<RenderInput, "prompt" | "seeds" | "width" | "height">;

/** What a named step answers with status 200; the other steps do something to the connection. */
export const ANSWERS: Record<string, (asked: Asked) => string> = {
  good: (asked) => succeeded(asked, asked.seeds.map(pictureOf(asked))),
  "draws-anew": (asked) => withOutput(asked, { timings: { render: performance.now() } }),
  "html-200": () => "<!doctype html><html><body>Welcome to the captive portal</body></html>",
  "too-few-images": (asked) => succeeded(asked, asked.seeds.slice(1).map(pictureOf(asked))),
  "zero-byte": (asked) => succeeded(asked, lastReplaced(asked, Buffer.alloc(0))),
  "corrupt-png": (asked) =>
    succeeded(asked, lastReplaced(asked, makeCorruptPng(asked.width, asked.height))),
  "truncated-png": (asked) => succeeded(asked, lastReplaced(asked, half(asked))),
  "wrong-size-png": (asked) =>
    succeeded(
      asked,
      asked.seeds.map(pictureOf({ ...asked, width: asked.width / 2, height: asked.height / 2 })),
    ),
  "big-image": (asked) =>
    succeeded(
      asked,
      asked.seeds.map(() => noiseOf(asked)),
    ),
  "wrong-weights-hash": (asked) =>
    succeeded(asked, asked.seeds.map(pictureOf(asked)), "0".repeat(64)),
  "other-method": (asked) => withMethod(asked, { name: "plain" }),
  "newer-method": (asked) => withMethod(asked, { version: "2" }),
  "by-other-files": (asked) => withModel(asked, { files: { "unet.safetensors": "1".repeat(64) } }),
  "mean-evals": (asked) => withOutput(asked, { evals: 107.5, backwards: 0.25 }),
  "one-filtered": (asked) => filtered(asked, [asked.seeds.length - 1]),
  "all-filtered": (asked) => filtered(asked, [...asked.seeds.keys()]),
  "left-out": (asked) => withOutput(asked, { images: asked.seeds.map(() => null) }),
  trained: (asked) => withModel(asked, { training: trainedWith("CoMat") }),
  retrained: (asked) => withModel(asked, { training: trainedWith("CoMat, corrected") }),
  failed: () => JSON.stringify({ status: "failed", error: "CUDA out of memory" }),
  "failed-silently": () => JSON.stringify({ status: "failed", error: "" }),
  "failed-with-nul": () => JSON.stringify({ status: "failed", error: "out of\0memory" }),
  "nul-in-trace": (asked) => withTrace(asked, { note: "half of a \ud83c, and \0" }),
  "huge-trace": (asked) => withTrace(asked, { note: "x".repeat(2 ** 20) }),
  "failed-for-good": () =>
    JSON.stringify({ status: "failed", error: "permanent: no such scheduler" }),
};

const trainedWith = (method: string) => ({ told: { method }, files: {} });

function withModel(asked: Asked, said: object): string {
  const answer = JSON.parse(succeeded(asked, asked.seeds.map(pictureOf(asked))));
  const model = { ...answer.output.model, ...said };
  return JSON.stringify({ ...answer, output: { ...answer.output, model } });
}

function withMethod(asked: Asked, said: object): string {
  const answer = JSON.parse(succeeded(asked, asked.seeds.map(pictureOf(asked))));
  const method = { ...answer.output.method, ...said };
  return JSON.stringify({ ...answer, output: { ...answer.output, method } });
}

const withTrace = (asked: Asked, trace: object) => withOutput(asked, { trace });

function withOutput(asked: Asked, said: object): string {
  const answer = JSON.parse(succeeded(asked, asked.seeds.map(pictureOf(asked))));
  return JSON.stringify({ ...answer, output: { ...answer.output, ...said } });
}

function filtered(asked: Asked, places: readonly number[]): string {
  const { output } = JSON.parse(succeeded(asked, asked.seeds.map(pictureOf(asked))));
  const images = output.images.map((image: string, at: number) =>
    places.includes(at) ? null : image,
  );
  return withOutput(asked, {
    images,
    filtered: "The safety checker took it",
    trace: { images: asked.seeds.map((seed) => ({ seed })) },
  });
}

function succeeded(asked: Asked, pngs: Buffer[], weights = FAKE_WEIGHTS): string {
  return JSON.stringify({
    status: "succeeded",
    output: {
      images: pngs.map((png) => `data:image/png;base64,${png.toString("base64")}`),
      seeds: asked.seeds,
      evals: 40,
      backwards: 0,
      timings: { render: 0.1 },
      model: { name: "fake", revision: "1", weights_hash: weights },
      method: { name: "fake", version: "1", mode: "default", parameters: { window: 3 } },
      trace: {},
    },
  });
}

/** One flat colour for each prompt and seed: the bytes differ wherever the request does. */
function pictureOf({ prompt, width, height }: Asked) {
  return (seed: number) => {
    const colour = createHash("sha256").update(`${seed} ${prompt}`).digest();
    return makePng({
      width,
      height,
      paint: (row) => {
        for (let x = 0; x < row.length; x++) row[x] = colour[x % 3] as number;
      },
    });
  };
}

const noiseOf = ({ width, height }: Asked) =>
  makePng({ width, height, depth: 16, paint: (row) => randomFillSync(row) });

function lastReplaced(asked: Asked, bad: Buffer): Buffer[] {
  return [...asked.seeds.slice(1).map(pictureOf(asked)), bad];
}

function half(asked: Asked): Buffer {
  const whole = pictureOf(asked)(0);
  return whole.subarray(0, whole.length / 2);
}
