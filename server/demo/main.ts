import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { connect } from "@/db/client";
import { env } from "@/server/core/env";
import { AppError } from "@/server/core/errors";
import { closeQueue } from "@/server/jobs/queue";
import { exportPath } from "@/server/release/export-path";
import { levelsTable } from "./levels-table";
import { isOutage } from "./patiently";
import { playDemo } from "./play-demo";

// scripts/demo.mjs starts the demo again then; it goes on where it was.
const STOPPED_BY_OUTAGE = 75;
// The driver may still write to a connection that has just died: its error has no promise to travel by.
process.on("uncaughtException", (error) => {
  console.error(error.message);
  process.exit(STOPPED_BY_OUTAGE);
});

async function main() {
  const { values } = parseArgs({
    options: { pairs: { type: "string", default: "20" }, json: { type: "string" } },
  });
  const { db, close } = connect(env().DATABASE_URL, { max: 4 });
  const { slug, exportId, ...summary } = await playDemo(db, Number(values.pairs), process.stdout);
  if (values.json) await writeFile(values.json, `${JSON.stringify(summary, null, 2)}\n`);

  const levels = Object.entries(summary.levels).map(([level, pairs]) => `Level ${level}: ${pairs}`);
  console.log(`\n${summary.pairs} pairs, by the simulated rater: ${levels.join(", ")}`);
  if (summary.repairs) {
    console.log("Those at Level 5, drawn anew on fresh seeds and rated the same way:\n");
    console.log(`${levelsTable(summary.repairs)}\n`);
    console.log(`Comparison: ${env().APP_URL}/p/${slug}/compare`);
  }
  console.log(`Project: ${env().APP_URL}/p/${slug}`);
  console.log(`Export: ${exportPath(exportId)}`);
  await closeQueue();
  await close();
}

try {
  await main();
} catch (error) {
  console.error(error instanceof AppError ? error.message : error);
  process.exit(isOutage(error) ? STOPPED_BY_OUTAGE : 1);
}
