import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { connect } from "@/db/client";
import { migrateDatabase } from "@/db/migrate";
import { claimSeats } from "@/server/rating/claim-next-seat";
import { requirePgbench, runPgbench, writeScript } from "./claim-room/pgbench";
import { openPool, openStage, type Stage } from "./claim-room/stage";
import { inPairs, throughputLine } from "./pairs";
import { pin } from "./pin";
import { withSafeCluster } from "./safe-cluster";
import { traceStatements } from "./traced";

// `npm run bench:claim [-- --pairs 10 --claims 3200]`: grids handed out a second by the product's verb over 16 connections, and by
// pgbench, which sends the same statement from 16 clients: what the database itself can do. Each claim is a rater's first, and
// each turn begins with nobody seated. PostgreSQL on the first processor, who asks on the second.
const CLIENTS = 16;
const TARGET = 0.5;
const { values } = parseArgs({
  options: {
    pairs: { type: "string", default: "10" },
    claims: { type: "string", default: "3200" },
  },
});
const each = Math.ceil(Number(values.claims) / CLIENTS);
const claims = each * CLIENTS;

async function claimAll(url: string, stage: Stage): Promise<number> {
  const { db, close } = await openPool(url, CLIENTS);
  let next = 1;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      while (next <= claims) await claimSeats(stage.rater(db, next++), [], 1);
    }),
  );
  const seconds = (performance.now() - startedAt) / 1000;
  await close();
  return claims / seconds;
}

/** A turn that seated not everybody has done less work than the other side. */
async function turn(stage: Stage, act: () => Promise<number>): Promise<number> {
  await stage.clear();
  const rate = await stage.whileSeatsComeBack(act);
  const seated = await stage.seated();
  if (seated !== claims) throw new Error(`${seated} of ${claims} raters were seated`);
  return rate;
}

requirePgbench();
const home = mkdtempSync(join(tmpdir(), "teacup-bench-"));
try {
  await withSafeCluster(home, async (url, postmaster) => {
    pin(postmaster, 0);
    pin(process.pid, 1);
    await migrateDatabase(url);
    const { db, close } = connect(url, { max: 1 });
    const stage = await openStage(db, claims);
    const [statement] = await traceStatements(url, (traced) =>
      claimSeats(stage.rater(traced, 1), [], 1),
    );
    if (!statement) throw new Error("A claim asked nothing of the database");
    const { accountId } = stage.rater(db, 1).viewer;
    const script = writeScript(home, statement, { accountId, each });
    const measured = await inPairs(
      Number(values.pairs),
      () => turn(stage, () => claimAll(url, stage)),
      () => turn(stage, () => runPgbench(url, script, CLIENTS, each)),
    );
    await close();
    console.log(
      JSON.stringify(throughputLine("claims a second, product / pgbench", TARGET, measured)),
    );
  });
} finally {
  rmSync(home, { recursive: true, force: true });
}
