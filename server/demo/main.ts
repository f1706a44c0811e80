import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { connect } from "@/db/client";
import { env } from "@/server/core/env";
import { closeQueue } from "@/server/jobs/queue";
import { exportPath } from "@/server/release/export-path";
import { playDemo } from "./play-demo";

const { values } = parseArgs({
  options: { pairs: { type: "string", default: "20" }, json: { type: "string" } },
});
const { db, close } = connect(env().DATABASE_URL, { max: 4 });
const { slug, exportId, ...summary } = await playDemo(db, Number(values.pairs), process.stdout);
if (values.json) await writeFile(values.json, `${JSON.stringify(summary, null, 2)}\n`);

const levels = Object.entries(summary.levels).map(([level, pairs]) => `Level ${level}: ${pairs}`);
console.log(`\n${summary.pairs} pairs, by the simulated rater: ${levels.join(", ")}`);
console.log(`Project: ${env().APP_URL}/p/${slug}`);
console.log(`Export: ${exportPath(exportId)}`);
await closeQueue();
await close();
