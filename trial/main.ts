import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { startPhase } from "@/server/demo/progress";
import { plotCurves, tableOf } from "./report/show";
import { summaryOf } from "./report/summary";
import { runTrials } from "./run-trials";

// scripts/loop.mjs has checked the numbers.
const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    seeds: { type: "string", default: "20" },
    json: { type: "string" },
  },
});
const [firstSeed, seeds] = [Number(values.seed), Number(values.seeds)];

const { report, end } = startPhase("Seeds", process.stdout);
const trials = runTrials({ firstSeed, seeds }, (done) => report(done, seeds));
end(`${seeds} played four ways each`);
const summary = summaryOf(trials);
if (values.json) await writeFile(values.json, `${JSON.stringify(summary, null, 2)}\n`);

const { universe, truths, budget } = trials;
console.log(`
Simulated: a scripted LLM, a simulated approver and a simulated rater on the Sketch simulator's odds; no image is drawn.
${universe} pairs, ${truths} of them truly at Level 5; ${budget} may be rated. How each figure is computed: docs/loop.md

${plotCurves(trials)}

${tableOf(trials, summary)}`);
