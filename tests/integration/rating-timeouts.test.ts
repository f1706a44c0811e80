import { eq } from "drizzle-orm";
import { afterAll, afterEach, expect, test, vi } from "vitest";
import { levels } from "@/db/schema";
import { compareAcknowledged } from "@/tests/support/compare-acknowledged";
import { openHttpRater } from "@/tests/support/http-rater";
import { startPlatformServer } from "@/tests/support/platform-server";
import { openStage } from "@/tests/support/rating-stage";
import { startSwallowingProxy } from "@/tests/support/swallowing-proxy";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
const platform = await startPlatformServer();
afterAll(() => platform.close());

// The outbox waits 20 s for an answer; here it hears as little in a fortieth of that.
const timeout = AbortSignal.timeout.bind(AbortSignal);
vi.spyOn(AbortSignal, "timeout").mockImplementation((ms) => timeout(ms / 40));

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

test("answers that never come after the server has saved: the outbox asks again by itself, one verdict a key", async () => {
  const { rater, projectId } = await openStage(db, { grids: 2 });
  const proxy = await startSwallowingProxy(
    platform.url,
    (path, nth) => !path.endsWith("next") && nth % 3 !== 0,
  );
  const ann = await openHttpRater(proxy.url, await rater());
  closing.push(ann.close, proxy.close);

  for (const _ of [1, 2]) {
    const view = await ann.next();
    if (!view || "refused" in view) throw new Error("Nothing was handed out");
    ann.rate(view);
    await ann.whenSent();
  }

  expect(ann.status()).toMatchObject({ pending: 0, refused: [] });
  expect(ann.status().conflicts.size).toBe(0);
  expect(proxy.swallowed.length).toBeGreaterThanOrEqual(8);
  expect(ann.failures).toEqual(proxy.swallowed.map(() => "again"));
  expect(ann.verdicts).toHaveLength(40);
  expect(await compareAcknowledged(db, projectId, ann)).toEqual([]);
  expect(await db.$count(levels, eq(levels.projectId, projectId))).toBe(2);
});
