import { eq, sql } from "drizzle-orm";
import { afterAll, expect, test } from "vitest";
import { blobs, renders } from "@/db/schema";
import { connectCog } from "@/gpu-bridge/bridge/cog-endpoint";
import { Permits } from "@/gpu-bridge/bridge/permits";
import { connectPlatform, type LeasedRender, predictionId } from "@/gpu-bridge/bridge/platform";
import { runRender } from "@/gpu-bridge/bridge/run-render";
import { makeDrawingProject } from "@/tests/support/drawing-project";
import { heldBytes } from "@/tests/support/held-bytes";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { mutationOf, startLiar } from "@/tests/support/mutated/liar";
import type { Mutation } from "@/tests/support/mutated/mutation";
import { startPlatformServer } from "@/tests/support/platform-server";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

// `ANSWERS=20000 npm run test:integration -- tests/integration/mutated-answers.test.ts` for a night.
const ANSWERS = Number(process.env.ANSWERS ?? 500);
const WARM_UP = 100;
const LANES = 8;
const PATIENCE_MS = 600;
const FLAT_BYTES = 8 * 1024 * 1024;

const { db } = await testDatabase();
storageHome();
const server = await startPlatformServer();
const liar = await startLiar();
const { token } = await makeBridgeRow(db);
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

/** As the bridge's own loop does, but for its rests after faults. */
async function draw(render: LeasedRender, deadlineMs: number): Promise<void> {
  await runRender(
    {
      platform,
      endpoint,
      deadlineMs,
      stopping: new AbortController().signal,
      line: { drawing: new Permits(1), delivering: new Permits(1) },
      leaveLine: () => undefined,
      learn: () => undefined,
    },
    render,
  );
}

/** What is wrong with how the bridge took this answer; nothing when it was refused with a reason. */
async function misfitOf(mutation: Mutation, { renderId }: LeasedRender) {
  const [row] = await db.select().from(renders).where(eq(renders.id, renderId));
  const { state, reason, leaseToken } = row!;
  const isRefused = (state === "queued" || state === "failed") && leaseToken === null;
  const isSaid =
    reason !== null && reason.length <= 500 && !/could not handle|^\s*$|^[[{]/.test(reason);
  return isRefused && isSaid ? [] : [{ mutation: mutation.name, state, reason }];
}

test(`${ANSWERS} mutated answers are refused with a reason, and leave neither a row nor memory behind`, {
  timeout: 60_000 + ANSWERS * 100,
}, async () => {
  const project = await makeDrawingProject(db, { renders: ANSWERS });
  const small = sql`${renders.input} || '{"width": 64, "height": 64}'::jsonb`;
  const mine = eq(renders.projectId, project.projectId);
  await db.update(renders).set({ input: small }).where(mine);
  const misfits: object[] = [];
  let next = 0;

  const nextRender = async () => {
    const ask = { endpoint: project.endpoint, limit: 1 };
    const [render] = await platform.api.lease.mutate(ask);
    if (!render) throw new Error("No render is left");
    return render;
  };
  const lieUntil = async (end: number) => {
    while (next < end) {
      const mutation = mutationOf(next++);
      const render = await nextRender();
      const lie = liar.tell(predictionId(render), mutation);
      await draw(render, mutation.isEndless ? PATIENCE_MS : 20_000);
      lie.forget();
      misfits.push(...(await misfitOf(mutation, render)));
    }
  };
  const lie = (end: number) => Promise.all(Array.from({ length: LANES }, () => lieUntil(end)));

  await lie(WARM_UP);
  const before = await heldBytes();
  await lie(ANSWERS);
  expect(misfits).toEqual([]);
  expect((await heldBytes()) - before).toBeLessThan(FLAT_BYTES);
  expect(await project.images()).toEqual([]);
  expect(await db.select().from(blobs)).toEqual([]);

  await draw(await nextRender(), 20_000);
  expect(await project.images()).toHaveLength(4);
});
