import { randomUUID } from "node:crypto";
import { eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { renderAttempts, renders } from "@/db/schema";
import { failRender } from "@/server/generation/fail-render";
import { giveBackRender } from "@/server/generation/give-back-render";
import { type LeasedRender, leaseRenders } from "@/server/generation/lease-renders";
import { renewLease } from "@/server/generation/renew-lease";
import { startRun } from "@/server/generation/start-run";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { makeProjectWithPairs } from "@/tests/support/make/project-with-pairs";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
// An endpoint of its own a test, so that renders of an earlier one are never leased.
let endpoint = "";

beforeEach(async () => {
  endpoint = `sketch-${randomUUID()}`;
  const { ctx } = await makeProjectWithPairs(db, 1);
  await startRun(ctx, {});
  await db
    .update(renders)
    .set({ endpointName: endpoint })
    .where(eq(renders.endpointName, "sketch"));
});

const lease = (bridge: Awaited<ReturnType<typeof makeBridgeRow>>, limit = 1) =>
  leaseRenders(bridge, { endpoint, limit });
const stateOf = async ({ renderId }: LeasedRender) => {
  const [render] = await db.select().from(renders).where(eq(renders.id, renderId));
  return render!;
};
const attemptsOf = ({ renderId }: LeasedRender) =>
  db.select().from(renderAttempts).where(eq(renderAttempts.renderId, renderId));
const writeOldLease = ({ renderId }: LeasedRender) =>
  db
    .update(renders)
    .set({ leasedUntil: sql`now() - interval '1 second'` })
    .where(eq(renders.id, renderId));
const letNextTryCome = ({ renderId }: LeasedRender) =>
  db.update(renders).set({ notBefore: sql`now()` }).where(eq(renders.id, renderId));

test("many bridges that ask at once never get the same render", async () => {
  const crowd = await Promise.all(Array.from({ length: 6 }, () => makeBridgeRow(db)));
  for (let round = 0; round < 20; round++) {
    await db
      .update(renders)
      .set({ state: "queued", leaseToken: null, leasedBy: null, leasedUntil: null })
      .where(eq(renders.endpointName, endpoint));
    const got = (await Promise.all(crowd.map((bridge) => lease(bridge)))).flat();

    expect(new Set(got.map((render) => render.renderId)).size).toBe(got.length);
    expect(got).toHaveLength(5);
  }
});

test("a lease that ran out goes to another bridge, and the first one's late write is refused", async () => {
  const sleeper = await makeBridgeRow(db);
  const other = await makeBridgeRow(db);
  const held = await lease(sleeper, 5);
  expect(await lease(other)).toEqual([]);
  await writeOldLease(held[0]!);

  const [taken] = await lease(other);
  expect(taken).toMatchObject({ renderId: held[0]!.renderId, attempt: 2 });
  expect(await attemptsOf(taken!)).toMatchObject([{ attempt: 1, outcome: "expired" }]);
  expect(await renewLease(sleeper, held[0]!)).toEqual({ held: false });
  const late = failRender(sleeper, { ...held[0]!, kind: "retryable", reason: "late" });
  await expect(late).rejects.toMatchObject({ code: "CONFLICT" });
});

test("a bridge cannot end what another holds, even when it knows the token", async () => {
  const holder = await makeBridgeRow(db);
  const thief = await makeBridgeRow(db);
  const [held] = await lease(holder);

  const theft = failRender(thief, { ...held!, kind: "retryable", reason: "mine" });
  await expect(theft).rejects.toMatchObject({ code: "CONFLICT" });
});

test("four failures back off, the fifth is for good and says why", async () => {
  const bridge = await makeBridgeRow(db);
  const [first] = await lease(bridge, 5);
  let held = first!;
  for (let failure = 1; failure <= 4; failure++) {
    await failRender(bridge, { ...held, kind: "retryable", reason: "Expected 4 images, got 3" });
    const render = await stateOf(held);
    expect(render).toMatchObject({ state: "queued", failures: failure, attempt: failure + 1 });
    expect(await lease(bridge)).toEqual([]);
    await letNextTryCome(held);
    const [next] = await lease(bridge);
    held = next!;
  }
  await failRender(bridge, { ...held, kind: "retryable", reason: "Expected 4 images, got 3" });

  expect(await stateOf(held)).toMatchObject({
    state: "failed",
    reason: "Expected 4 images, got 3",
  });
  expect(await attemptsOf(held)).toHaveLength(5);
});

test("a busy endpoint costs no attempt", async () => {
  const bridge = await makeBridgeRow(db);
  const [held] = await lease(bridge);
  await failRender(bridge, { ...held!, kind: "busy", reason: "The endpoint is not ready" });

  expect(await stateOf(held!)).toMatchObject({ state: "queued", failures: 0, attempt: 1 });
  expect(await attemptsOf(held!)).toEqual([]);
});

test("a render that was given back is there for the next bridge at once", async () => {
  const leaving = await makeBridgeRow(db);
  const next = await makeBridgeRow(db);
  const [held] = await lease(leaving);
  await giveBackRender(leaving, held!);

  expect(await lease(next)).toMatchObject([{ renderId: held!.renderId, attempt: 2 }]);
  expect(await stateOf(held!)).toMatchObject({ failures: 0 });
});
