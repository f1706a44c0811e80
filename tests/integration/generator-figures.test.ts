import { and, eq, sql } from "drizzle-orm";
import { beforeEach, expect, test } from "vitest";
import { auditEvents, generatorRevisions, renderAttempts, renders } from "@/db/schema";
import { bridgeHello } from "@/server/generation/bridge-hello";
import { failRender } from "@/server/generation/fail-render";
import { leaseRenders } from "@/server/generation/lease-renders";
import type { SetEndpoint } from "@/server/generation/schemas";
import { setEndpoint } from "@/server/generation/set-endpoint";
import { showGenerator } from "@/server/generation/show-generator";
import { type DrawingProject, makeDrawingProject } from "@/tests/support/drawing-project";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
let project: DrawingProject;
let bridge: Awaited<ReturnType<typeof makeBridgeRow>>;

beforeEach(async () => {
  project = await makeDrawingProject(db, { renders: 4 });
  bridge = await makeBridgeRow(db);
  await hello();
});

const hello = () =>
  bridgeHello(bridge, {
    endpoints: [
      {
        name: project.endpoint,
        contractVersion: 1,
        health: "ready",
        concurrency: 4,
        description: {},
      },
    ],
  });
const set = (said: Partial<Pick<SetEndpoint, "handedOut" | "hourCents" | "imageCents">>) =>
  setEndpoint(project.ctx, {
    bridgeId: bridge.bridge.id,
    name: project.endpoint,
    handedOut: null,
    hourCents: null,
    imageCents: null,
    ...said,
  });
const lease = (limit = 16) => leaseRenders(bridge, { endpoint: project.endpoint, limit });

/** Four renders of four images each: drawn one after the other, `seconds[i]` each. */
async function draw(seconds: readonly number[]) {
  const leased = await lease();
  let end = 0;
  for (const [i, { renderId, attempt }] of leased.entries()) {
    end += seconds[i] ?? 0;
    await db
      .update(renders)
      .set({
        state: "done",
        evals: 60 + i,
        backwards: 0,
        timings: seconds[i] === undefined ? {} : { sample: seconds[i] - 0.5, decode: 0.5 },
        finishedAt: sql`now() - interval '2 minutes' + ${end} * interval '1 second'`,
        leaseToken: null,
        leasedBy: null,
        leasedUntil: null,
      })
      .where(eq(renders.id, renderId));
    await db
      .insert(renderAttempts)
      .values({ renderId, attempt, bridgeId: bridge.bridge.id, outcome: "done" });
  }
}

async function newest() {
  const [revision] = await db
    .select()
    .from(generatorRevisions)
    .where(
      and(
        eq(generatorRevisions.projectId, project.projectId),
        eq(generatorRevisions.endpointName, project.endpoint),
      ),
    );
  const { generatorId } = revision!;
  const shown = await showGenerator(db, project.projectId, { generatorId });
  return shown.revisions[0]!;
}

test("a revision's figures are counted from what it drew", async () => {
  await draw([4, 4, 4, 8]);

  expect((await newest()).figures).toMatchObject({
    renders: 4,
    images: 16,
    imagesLastHour: 16,
    imagesPerHour: (16 * 3600) / 20,
    secondsP50: 1,
    secondsP95: expect.closeTo(1.85, 6),
    evals: 61.5,
    backwards: 0,
    centsPerImage: null,
    pricedImages: 0,
  });
});

test("renders that are drawn at once take the time once", async () => {
  await draw([4, 4, 4, 4]);
  await db
    .update(renders)
    .set({ finishedAt: sql`now()` })
    .where(eq(renders.projectId, project.projectId));

  expect((await newest()).figures).toMatchObject({ imagesPerHour: (16 * 3600) / 4 });
});

test("the price of an image is its measured seconds at the price of the hour there", async () => {
  await set({ hourCents: 360 });
  await draw([4, 4, 4, 8]);

  // 20 seconds at a tenth of a cent, over 16 images.
  expect((await newest()).figures).toMatchObject({
    centsPerImage: expect.closeTo(2 / 16, 9),
    pricedImages: 16,
  });
});

test("a host that charges by the image has a price without telling any time, and a GPU's hour comes on top", async () => {
  await set({ imageCents: 0.35 });
  await draw([]);
  expect((await newest()).figures).toMatchObject({
    secondsP50: null,
    centsPerImage: expect.closeTo(0.35, 9),
    pricedImages: 16,
  });

  await db
    .update(renders)
    .set({ timings: { total: 4 } })
    .where(eq(renders.projectId, project.projectId));
  await set({ imageCents: 0.35, hourCents: 360 });
  expect((await newest()).figures).toMatchObject({
    centsPerImage: expect.closeTo(0.35 + 1.6 / 16, 9),
  });
});

test("where an endpoint tells no times there is no rate, no seconds and no price", async () => {
  await set({ hourCents: 360 });
  await draw([]);

  expect((await newest()).figures).toMatchObject({
    images: 16,
    imagesPerHour: null,
    secondsP50: null,
    secondsP95: null,
    centsPerImage: null,
  });
});

test("nothing drawn has no figures", async () => {
  expect((await newest()).figures).toBeNull();
});

test("failures are counted by kind, each with the sentence of its last one", async () => {
  const [first, second, third] = await lease();
  const end = (render: typeof first, kind: "permanent" | "retryable" | "busy", reason: string) =>
    failRender(bridge, { ...render!, kind, reason });
  await end(first, "retryable", "CUDA out of memory");
  await end(second, "permanent", "no such scheduler");
  await end(third, "busy", "already draws");
  await project.hurry();
  const again = (await lease()).find(({ renderId }) => renderId === first!.renderId);
  await end(again, "retryable", "NaN in the image");

  const { failures } = await newest();
  expect(failures.map(({ kind, count, lastReason }) => [kind, count, lastReason])).toEqual([
    ["retryable", 2, "NaN in the image"],
    ["permanent", 1, "no such scheduler"],
  ]);
});

test("an endpoint is handed no more renders at a time than an admin said, also by two requests at once", async () => {
  await set({ handedOut: 2 });

  const both = await Promise.all([lease(3), lease(3)]);
  expect(both.flat()).toHaveLength(2);
  expect(await lease(1)).toEqual([]);
  const [held] = both.flat();
  await failRender(bridge, { ...held!, kind: "permanent", reason: "cannot" });
  expect(await lease(3)).toHaveLength(1);
});

test("what an admin said stays when the bridge tells of its endpoint again, and is in the audit log", async () => {
  await set({ handedOut: 1 });
  await hello();

  expect(await lease()).toHaveLength(1);
  const events = await db.select().from(auditEvents).where(eq(auditEvents.action, "endpoint.set"));
  expect(events.map(({ after }) => after)).toContainEqual({
    name: project.endpoint,
    handedOut: 1,
    hourCents: null,
    imageCents: null,
  });
});

test("a limit of one server is not another's", async () => {
  await set({ handedOut: 1 });
  await lease();

  const other = await makeBridgeRow(db);
  expect(await leaseRenders(other, { endpoint: project.endpoint, limit: 16 })).toHaveLength(3);
});
