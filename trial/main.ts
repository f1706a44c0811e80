import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { startPhase } from "@/server/demo/progress";
import counts from "./data/testbed-co-occurrence.json";
import { CoOccurrence } from "./llm/knowledge";
import { plotCurves, tableOf } from "./report/show";
import { summaryOf } from "./report/summary";
import { runTrials } from "./run-trials";
import { measureTestbed } from "./world/measure-testbed";
import { sketchWorld } from "./world/sketch-world";
import { testbedWorld } from "./world/testbed-world";

// scripts/loop.mjs has checked the numbers.
const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    seeds: { type: "string", default: "20" },
    world: { type: "string", default: "sketch" },
    json: { type: "string" },
  },
});
const [firstSeed, seeds] = [Number(values.seed), Number(values.seeds)];

const world = values.world === "testbed" ? await measuredWorld() : sketchWorld();
const { report, end } = startPhase("Seeds", process.stdout);
const trials = runTrials(world, { firstSeed, seeds }, (done) => report(done, seeds));
end(`${seeds} played four ways each`);
const summary = summaryOf(trials);
if (values.json) await writeFile(values.json, `${JSON.stringify(summary, null, 2)}\n`);

const { universe, truths, budget } = trials;
console.log(`
Simulated: a scripted LLM, a simulated approver and a simulated rater ${world.about}.
${universe} pairs, ${truths} of them truly at Level 5; ${budget} may be rated. How each figure is computed: docs/loop.md

${plotCurves(trials)}

${tableOf(trials, summary)}`);

/** Tiny World is looked at first, where that was not done for these weights. */
async function measuredWorld() {
  const { report, end } = startPhase("Pairs", process.stdout);
  const table = await measureTestbed(report);
  end("drawn by Tiny World and looked at by its oracle");
  return testbedWorld(table, CoOccurrence.parse(counts));
}
