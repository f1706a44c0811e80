import { eq } from "drizzle-orm";
import { afterEach, expect, test, vi } from "vitest";
import { accounts, memberships } from "@/db/schema";
import { notifyLive } from "@/server/live/live";
import { watchProjects } from "@/server/live/watch-projects";
import { makeProjectWithPairs } from "@/tests/support/make/project-with-pairs";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
const opened: AbortController[] = [];

afterEach(() => {
  vi.useRealTimers();
  for (const controller of opened.splice(0)) controller.abort();
});

type Project = Awaited<ReturnType<typeof makeProjectWithPairs>>;

/** A stream that has said its first word: what happens from now on is heard. */
async function watch({ ctx }: Project) {
  const controller = new AbortController();
  opened.push(controller);
  const stream = watchProjects(ctx, controller.signal);
  expect((await stream.next()).value).toBe("resync");
  const next = stream.next();
  await vi.waitFor(async () => {
    const [row] = await db.execute(
      "select count(*) from pg_stat_activity where query ilike 'listen%' and datname = current_database()",
    );
    expect(Number(row?.count)).toBe(1);
  });
  return { stream, next, stop: () => controller.abort() };
}

const tell = ({ projectId }: Project, id: string) =>
  notifyLive(db, { projectId, topic: "render", id });

/** The connection's own "resync" comes first when this stream was the one that opened it. */
async function untilEvent({ stream, next }: Awaited<ReturnType<typeof watch>>) {
  let result = await next;
  while (result.value === "resync") result = await stream.next();
  return result;
}

test("a researcher hears of their own projects only, over one connection for all streams", async () => {
  const mine = await makeProjectWithPairs(db, 0);
  const other = await makeProjectWithPairs(db, 0);
  const streams = [await watch(mine), await watch(mine), await watch(mine)];
  await tell(other, "hidden");
  await tell(mine, "seen");

  for (const stream of streams) {
    expect((await untilEvent(stream)).value).toEqual({
      project: mine.ctx.member.slug,
      topic: "render",
      id: "seen",
    });
  }
});

test("an expert hears nothing", async () => {
  const mine = await makeProjectWithPairs(db, 0);
  const expert = await makeProjectWithPairs(db, 0);
  await db
    .insert(memberships)
    .values({ projectId: mine.projectId, accountId: expert.ctx.viewer.accountId, role: "expert" });
  const stream = await watch(expert);
  await tell(mine, "hidden");
  await tell(expert, "seen");

  expect((await untilEvent(stream)).value).toMatchObject({ id: "seen" });
});

test("a stream ends once its session has ended", async () => {
  const mine = await makeProjectWithPairs(db, 0);
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const stream = await watch(mine);
  await db
    .update(accounts)
    .set({ sessionVersion: 2 })
    .where(eq(accounts.id, mine.ctx.viewer.accountId));
  await vi.advanceTimersByTimeAsync(16_000);

  expect(await untilEvent(stream)).toMatchObject({ done: true });
});

test("an event of a transaction that is rolled back is never heard", async () => {
  const mine = await makeProjectWithPairs(db, 0);
  const stream = await watch(mine);
  const undone = db.transaction(async (tx) => {
    await notifyLive(tx, { projectId: mine.projectId, topic: "run", id: "undone" });
    tx.rollback();
  });
  await expect(undone).rejects.toThrow();
  await tell(mine, "done");

  expect((await untilEvent(stream)).value).toMatchObject({ id: "done" });
});
