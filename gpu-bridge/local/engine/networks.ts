import type * as Ort from "onnxruntime-node";
import type { ModelFolder } from "./model-folder";
import { oneAtATime } from "./one-at-a-time";

/** Rows of numbers in, rows of numbers out, by the graph's own names. Every row has its dims. */
export type Feed = { rows: readonly (Float32Array | readonly number[])[]; dims: readonly number[] };
export type Network = (
  feeds: Readonly<Record<string, Feed>>,
  signal: AbortSignal,
) => Promise<Record<string, Float32Array[]>>;

const GRAPHS = {
  textEncoder: "generator/text_encoder/model.onnx",
  unet: "generator/unet/model.onnx",
  decoder: "generator/vae/decoder.onnx",
  dualVision: "dual/vision.onnx",
  dualText: "dual/text.onnx",
  oracle: "oracle/model.onnx",
} as const;
export type Networks = Record<keyof typeof GRAPHS, Network>;

/** @throws Error that names the graph which onnxruntime cannot open, or says that there is no onnxruntime here. */
export async function openNetworks(folder: ModelFolder, threads: number): Promise<Networks> {
  const ort = await loadRuntime();
  // All of them share the cores, so one runs at a time: steps of two predictions take turns.
  const turn = oneAtATime();
  const opened: Partial<Networks> = {};
  for (const [name, file] of Object.entries(GRAPHS)) {
    const session = await openSession(ort, folder.pathOf(file), threads);
    opened[name as keyof Networks] = (feeds, signal) =>
      turn(async () => {
        signal.throwIfAborted();
        return run(ort, session, feeds);
      });
  }
  return opened as Networks;
}

/** Loaded when it is needed: it has no binaries for every machine, and the rest of Teacup runs there. */
async function loadRuntime(): Promise<typeof Ort> {
  try {
    return await import("onnxruntime-node");
  } catch (error) {
    const here = `${process.platform} on ${process.arch}`;
    const why = `onnxruntime cannot be loaded here (${here}), and nothing draws Tiny World without it`;
    const instead =
      "start with DEFAULT_GENERATOR=sketch, and new projects draw with the Sketch simulator";
    throw new Error(`${why}: ${instead}; a project that is there can register it as a generator.`, {
      cause: error,
    });
  }
}

async function openSession(ort: typeof Ort, file: string, threads: number) {
  try {
    return await ort.InferenceSession.create(file, {
      executionProviders: ["cpu"],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      graphOptimizationLevel: "all",
      // It would keep a plan of its memory for every shape of a batch that it has seen.
      enableMemPattern: false,
      logSeverityLevel: 3,
    });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${file} cannot be opened: ${reason}`, { cause: error });
  }
}

async function run(
  ort: typeof Ort,
  session: Ort.InferenceSession,
  feeds: Readonly<Record<string, Feed>>,
) {
  const inputs = Object.entries(feeds).map(([name, feed]) => [name, tensorOf(ort, feed)]);
  const outputs = await session.run(Object.fromEntries(inputs));
  const split = Object.entries(outputs).map(([name, tensor]) => {
    const rows = rowsOf(tensor);
    tensor.dispose();
    return [name, rows];
  });
  return Object.fromEntries(split) as Record<string, Float32Array[]>;
}

/** Floats as float32, whole numbers as int64. */
function tensorOf(ort: typeof Ort, { rows, dims }: Feed): Ort.Tensor {
  const shape = [rows.length, ...dims];
  const size = dims.reduce((product, dim) => product * dim, 1);
  if (rows[0] instanceof Float32Array) {
    const data = new Float32Array(rows.length * size);
    for (const [at, row] of rows.entries()) data.set(row, at * size);
    return new ort.Tensor("float32", data, shape);
  }
  const data = BigInt64Array.from(rows.flatMap((row) => Array.from(row, BigInt)));
  return new ort.Tensor("int64", data, shape);
}

function rowsOf({ data, dims }: Ort.Tensor): Float32Array[] {
  if (!(data instanceof Float32Array)) throw new Error("A network answered with no float32");
  const rows = dims[0] ?? 1;
  const size = data.length / rows;
  return Array.from({ length: rows }, (_, at) => data.slice(at * size, (at + 1) * size));
}
