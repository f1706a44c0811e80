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

// `npm run bench:claim [-- --pairs 10 --seconds 10]`: grids handed out a second by the product's verb over 16 connections, and by
// pgbench, which sends the same statement from 16 clients: what the database itself can do. Each claim is a rater's first, and
// each turn begins with nobody seated. PostgreSQL on the first processor, who asks on the second.
const CLIENTS = 16;
const TARGET = 0.5;
const MOST_A_SECOND = 10_000;
const { values } = parseArgs({
  options: {
    pairs: { type: "string", default: "10" },
    seconds: { type: "string", default: "10" },
  },
});
const seconds = Number(values.seconds);
// More than any machine seats in a turn.
const each = Math.ceil((MOST_A_SECOND * seconds) / CLIENTS);
const raters = each * CLIENTS;

type Claimed = { claims: number; perSecond: number };

async function claimAll(url: string, stage: Stage): Promise<Claimed> {
  const { db, close } = await openPool(url, CLIENTS);
  let claims = 0;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: CLIENTS }, async () => {
      while (performance.now() - startedAt < seconds * 1000)
        await claimSeats(stage.rater(db, ++claims), [], 1);
    }),
  );
  const perSecond = (claims * 1000) / (performance.now() - startedAt);
  await close();
  return { claims, perSecond };
}

/** A turn that seated not everybody has done less work than it says. */
async function turn(stage: Stage, act: () => Promise<Claimed>): Promise<number> {
  await stage.clear();
  const { claims, perSecond } = await stage.whileSeatsComeBack(act);
  const seated = await stage.seated();
  if (seated !== claims) throw new Error(`${seated} of ${claims} raters were seated`);
  return perSecond;
}

requirePgbench();
const home = mkdtempSync(join(tmpdir(), "teacup-bench-"));
try {
  await withSafeCluster(home, async (url, postmaster) => {
    pin(postmaster, 0);
    pin(process.pid, 1);
    await migrateDatabase(url);
    const { db, close } = connect(url, { max: 1 });
    const stage = await openStage(db, raters);
    const [statement] = await traceStatements(url, (traced) =>
      claimSeats(stage.rater(traced, 1), [], 1),
    );
    if (!statement) throw new Error("A claim asked nothing of the database");
    const { accountId } = stage.rater(db, 1).viewer;
    const script = writeScript(home, statement, { accountId, each });
    const measured = await inPairs(
      Number(values.pairs),
      () => turn(stage, () => claimAll(url, stage)),
      () => turn(stage, () => runPgbench(url, script, CLIENTS, seconds)),
    );
    await close();
    console.log(
      JSON.stringify(throughputLine("claims a second, product / pgbench", TARGET, measured)),
    );
  });
} finally {
  rmSync(home, { recursive: true, force: true });
}
