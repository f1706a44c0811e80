import { parseArgs } from "node:util";
import { startEngine } from "./engine-room/engine-process";
import { startPython } from "./engine-room/python-grids";
import { intervalOfMedian, quantile, rounded } from "./figures";

// `npm run bench:engine`: the engine against the same grid in Python's onnxruntime and in torch, at one
// thread and at two, turn by turn; its memory over many grids; MoCE's seconds against its evals.
const { values } = parseArgs({
  options: {
    folder: { type: "string", default: "gpu-bridge/testbed/tiny-world" },
    rounds: { type: "string", default: "9" },
    grids: { type: "string", default: "200" },
    threads: { type: "string", default: "1,2" },
  },
});
const [rounds, grids] = [Number(values.rounds), Number(values.grids)];

for (const threads of values.threads.split(",").map(Number)) {
  console.log(JSON.stringify(await compare(threads), null, 2));
}
console.log(JSON.stringify(await lasting(), null, 2));

async function compare(threads: number) {
  const python = await startPython(values.folder, threads);
  const engine = await startEngine(values.folder, threads);
  const seconds = { engine: [], wall: [], onnxruntime: [], torch: [] } as Record<string, number[]>;
  const moce: number[] = [];
  await engine.draw("plain");
  for (let round = 0; round < rounds; round++) {
    const plain = await engine.draw("plain");
    seconds.onnxruntime?.push(await python.seconds("onnxruntime"));
    seconds.torch?.push(await python.seconds("torch"));
    // Goes through all its rounds, so that there is something to measure.
    const search = await engine.draw("moce", { method_params: { delta: 0, tau: 1e9 } });
    seconds.engine?.push(plain.network);
    seconds.wall?.push(plain.wall);
    moce.push(search.network / plain.network / (search.evals / plain.evals));
  }
  engine.close();
  python.close();
  const against = (other: string) =>
    intervalOfMedian(
      (seconds[other] ?? []).map((value, at) => value / (seconds.engine?.[at] ?? Number.NaN)),
    );
  const median = (name: string) => rounded(quantile(seconds[name] ?? [], 0.5), 3);
  return {
    threads,
    rounds,
    coldStartSeconds: rounded(engine.coldStart, 2),
    gridSeconds: median("wall"),
    imagesPerSecond: {
      engine: rounded(20 / median("engine"), 2),
      onnxruntimePython: rounded(20 / median("onnxruntime"), 2),
      torch: rounded(20 / median("torch"), 2),
    },
    timesOnnxruntimePython: against("onnxruntime"),
    timesTorch: against("torch"),
    moceSecondsPerEvalOverPlain: intervalOfMedian(moce),
  };
}

/** Grids of both kinds in turn, as a project draws them. */
async function lasting() {
  const engine = await startEngine(values.folder, 2);
  const resident: number[] = [];
  for (let grid = 0; grid < grids; grid++) {
    const base = grid % 4 === 3 ? "moce" : "plain";
    await engine.draw(base, { seeds: Array.from({ length: 20 }, (_, at) => 20 * grid + at) });
    resident.push(engine.megabytes().now);
  }
  const { highest } = engine.megabytes();
  engine.close();
  const quarter = Math.ceil(grids / 4);
  const medianOf = (part: number[]) => quantile(part, 0.5);
  return {
    grids,
    residentMegabytes: {
      afterFirst: resident[0],
      secondQuarter: medianOf(resident.slice(quarter, 2 * quarter)),
      lastQuarter: medianOf(resident.slice(-quarter)),
      highest,
    },
  };
}
