import "@/tests/support/web-environment";
import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { judgeTasks, scores, tags } from "@/db/schema";
import { connectCog } from "@/gpu-bridge/bridge/cog-endpoint";
import { connectPlatform } from "@/gpu-bridge/bridge/platform";
import { runTask } from "@/gpu-bridge/bridge/run-task";
import { bridgeHello } from "@/server/generation/bridge-hello";
import { startRun } from "@/server/generation/start-run";
import { startScoring } from "@/server/scoring/start-scoring";
import { heldBytes } from "@/tests/support/held-bytes";
import { openLoopDriver } from "@/tests/support/loop-driver";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { makeProjectWithPairs } from "@/tests/support/make/project-with-pairs";
import { judgedMutationOf, startJudgingLiar } from "@/tests/support/mutated/judged";
import { startPlatformServer } from "@/tests/support/platform-server";
import { makeRealignProject } from "@/tests/support/realign-project";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

// As `ANSWERS` of mutated-answers.test.ts, for each of scores and tags.
const ANSWERS = Number(process.env.ANSWERS ?? 600) / 5;
const WARM_UP = 40;
const PATIENCE_MS = 300;
const FLAT_BYTES = 8 * 1024 * 1024;

const { db } = await testDatabase();
storageHome();
const server = await startPlatformServer();
const driver = await openLoopDriver(db);
const liar = await startJudgingLiar();
const { bridge, token } = await makeBridgeRow(db);
const platform = connectPlatform({
  platformUrl: server.url,
  token,
  endpoints: [],
  deadlineMs: PATIENCE_MS,
});
const endpoint = connectCog(liar.url);
afterAll(async () => {
  await endpoint.close();
  await liar.close();
  await platform.close();
  await server.close();
});

/** Images of one run that wait to be scored; gives the endpoint's name. */
async function toBeScored(): Promise<string> {
  const { ctx } = await makeProjectWithPairs(db, 1);
  const name = `score-${randomUUID()}`;
  const scorers = ["clipscore"];
  const said = { contractVersion: 1, health: "ready" as const, concurrency: 1 };
  await bridgeHello({ db, bridge }, { endpoints: [{ ...said, name, description: { scorers } }] });
  await startRun(ctx, {});
  await driver.draw();
  await startScoring(ctx, { of: { kind: "run", number: 1 }, endpoint: name, scorers });
  return name;
}

/** First images of a method that draws twice, which wait to be looked at. */
async function toBeTagged(): Promise<string> {
  const project = await makeRealignProject(db, server.url);
  await project.writePhrases({ phrase: "iced coke", score: 2 });
  await project.start();
  await driver.draw(project.drawer);
  await driver.settle();
  await project.close();
  return project.tagger;
}

test.each([
  ["scores", toBeScored],
  ["tags", toBeTagged],
] as const)(
  "mutated %s are refused with a reason, and leave neither a row nor memory behind",
  async (kind, prepare) => {
    const name = await prepare();
    const mine = eq(judgeTasks.endpointName, name);
    const misfits: object[] = [];

    const ask = async (deadlineMs: number) => {
      const task = await platform.tasks.lease.mutate({ endpoint: name });
      if (!task) throw new Error("No task is left");
      const stopping = new AbortController().signal;
      await runTask({ platform, endpoint, deadlineMs, stopping }, task);
      const [row] = await db.select().from(judgeTasks).where(eq(judgeTasks.id, task.taskId));
      return row!;
    };
    const lie = async (from: number, to: number) => {
      for (let seed = from; seed < to; seed += 1) {
        const mutation = judgedMutationOf(kind, seed);
        liar.tell(mutation);
        const { state, reason } = await ask(mutation.isEndless ? PATIENCE_MS : 20_000);
        const isRefused = state === "queued" || state === "failed";
        const isSaid = reason !== null && !/could not handle|^\s*$|^[[{]/.test(reason);
        if (!isRefused || !isSaid) misfits.push({ mutation: mutation.name, state, reason });
        await db
          .update(judgeTasks)
          .set({ state: "queued", failures: 0, finishedAt: null, notBefore: sql`now()` })
          .where(mine);
      }
    };

    await lie(0, WARM_UP);
    const before = await heldBytes();
    await lie(WARM_UP, ANSWERS);
    expect(misfits).toEqual([]);
    expect((await heldBytes()) - before).toBeLessThan(FLAT_BYTES);
    expect(await db.$count(kind === "scores" ? scores : tags)).toBe(0);

    liar.tell(null);
    expect(await ask(20_000)).toMatchObject({ state: "done" });
  },
  120_000,
);
