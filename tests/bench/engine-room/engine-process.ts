import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { Prediction, RenderOutput } from "@/gpu-bridge/contract/schemas";

const GRID = {
  prompt: "a tea cup of iced coke",
  width: 64,
  height: 64,
  seeds: Array.from({ length: 20 }, (_, seed) => seed),
  steps: 20,
  guidance_scale: 5,
  concepts: [{ text: "tea cup" }, { text: "iced coke" }],
};

export type Grid = { wall: number; network: number; evals: number };

/** The engine as `npm start` starts it, and the seconds until it is ready. */
export async function startEngine(folder: string, threads: number) {
  const begun = performance.now();
  const child = spawn(process.execPath, ["--import", "tsx", "gpu-bridge/local/engine/main.ts"], {
    env: {
      ...process.env,
      PORT: "0",
      TEACUP_TINY_WORLD: folder,
      ENGINE_THREADS: String(threads),
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const url = await addressIn(child.stdout);
  const coldStart = secondsSince(begun);
  let count = 0;
  return {
    coldStart,
    /** 20 images of one prompt; `network` without the PNGs and the way there. */
    async draw(base: "plain" | "moce", input: object = {}): Promise<Grid> {
      const from = performance.now();
      const response = await fetch(`${url}/${base}/predictions/${count++}`, {
        method: "PUT",
        body: JSON.stringify({ input: { ...GRID, ...input } }),
      });
      const prediction = Prediction.parse(await response.json());
      const wall = secondsSince(from);
      const { timings, evals } = RenderOutput.parse(prediction.output);
      return { wall, network: (timings.sample ?? 0) + (timings.decode ?? 0), evals: evals ?? 0 };
    },
    megabytes: () => residentMegabytes(child.pid ?? 0),
    close: () => child.kill("SIGTERM"),
  };
}

const secondsSince = (begun: number) => (performance.now() - begun) / 1000;

/** It says where it listens once it is ready. */
async function addressIn(output: NodeJS.ReadableStream): Promise<string> {
  for await (const line of createInterface({ input: output })) {
    const [address] = /http:\S+/.exec(line) ?? [];
    if (address) return address;
  }
  throw new Error("The engine ended before it was ready");
}

function residentMegabytes(pid: number) {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const of = (name: string) => Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  return { now: Math.round(of("VmRSS")), highest: Math.round(of("VmHWM")) };
}
