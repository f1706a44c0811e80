import { and, eq } from "drizzle-orm";
import superjson from "superjson";
import { afterEach, expect, test } from "vitest";
import { memberships, projects, sittings, verdictEvents, verdicts } from "@/db/schema";
import { sessionCookie } from "@/server/auth/session";
import { closeRound, reopenRound } from "@/server/rating/close-round";
import type { MemberContext } from "@/server/trpc/context";
import { serveRequest } from "@/server/trpc/serve-request";
import { claimSitting } from "@/tests/support/claim";
import { asViewer, makeAccountWithPassword } from "@/tests/support/make/account-with-password";
import { makeGrid } from "@/tests/support/make/grid";
import { judgeAll, verdictEvent } from "@/tests/support/rate";
import { openStage } from "@/tests/support/rating-stage";
import { testDatabase } from "@/tests/support/test-database";
import "@/tests/support/web-environment";

const { db } = await testDatabase();
const OWN = "http://localhost:3000";
const { projectId, researcher, imageIds } = await openStage(db, { grids: 1 });
const rita = await makeAccountWithPassword(db, { name: "Rita" });
const membership = { projectId, accountId: rita.id, role: "expert" } as const;
await db.insert(memberships).values(membership);
const [project] = await db.select().from(projects).where(eq(projects.id, projectId));
const { slug } = project!;
const rater: MemberContext = { ...asViewer(db, rita), member: { projectId, slug, role: "expert" } };
const sittingId = await claimSitting(rater);
await judgeAll(rater, sittingId, { imageIds: imageIds.slice(0, 19), correct: 3 });

/** As the rater's browser sends it; answers the status and the sentence. */
async function send(procedure: "record" | "submit", input: object) {
  const cookie = await sessionCookie({ accountId: rita.id, sessionVersion: 1 });
  const response = await serveRequest(
    new Request(`${OWN}/api/trpc/rating.${procedure}`, {
      method: "POST",
      headers: { "content-type": "application/json", origin: OWN, cookie: cookie.split(";")[0]! },
      body: JSON.stringify(superjson.serialize({ project: slug, sittingId, ...input })),
    }),
  );
  const { error } = await response.json();
  return [response.status, error?.json.message];
}

const all = async () => ({
  sittings: await db.select().from(sittings).where(eq(sittings.projectId, projectId)),
  events: await db.select().from(verdictEvents).where(eq(verdictEvents.sittingId, sittingId)),
  verdicts: await db.select().from(verdicts).where(eq(verdicts.sittingId, sittingId)),
});
const before = await all();
afterEach(async () => expect(await all()).toEqual(before));

const submission = {
  guidelineVersion: 0,
  paintedAt: new Date(2026, 0, 1, 12),
  firstActionAt: new Date(2026, 0, 1, 12, 0, 2),
  activeMs: 61_000,
};
const last = imageIds[19]!;

test("a submission with 19 verdicts is refused, and names the image that has none", async () => {
  expect(await send("submit", submission)).toEqual([400, "Image 20 has no verdict yet."]);
});

test("a verdict on an image of another grid is refused together with what came in one request", async () => {
  const elsewhere = await makeGrid(db, { projectId });
  const foreign = verdictEvent(elsewhere.imageIds[0]!, 21, "correct");

  expect(await send("record", { events: [verdictEvent(last, 20, "correct"), foreign] })).toEqual([
    400,
    "A verdict names an image that is not in this grid.",
  ]);
});

test("in a closed round verdicts and submissions are refused with the reason that its researcher gave", async () => {
  await closeRound(researcher, { number: 1, reason: "The paper is written." });

  const refusal = [409, "Round 1 is closed: The paper is written."];
  expect(await send("record", { events: [verdictEvent(last, 20, "correct")] })).toEqual(refusal);
  expect(await send("submit", submission)).toEqual(refusal);
  await reopenRound(researcher, 1);
});

test("a negative time is refused in a sentence, whatever else is right", async () => {
  expect(await send("submit", { ...submission, activeMs: -1 })).toEqual([
    400,
    "The time spent on a grid cannot be negative.",
  ]);
});

test("a place in the order that cannot be is refused by its name", async () => {
  const [status, message] = await send("record", { events: [verdictEvent(last, 0, "correct")] });

  expect([status, message]).toEqual([400, expect.stringMatching(/^clientSeq of event 1: /)]);
});

test("a rater who was removed is refused, and told who can help", async () => {
  await db
    .delete(memberships)
    .where(and(eq(memberships.projectId, projectId), eq(memberships.accountId, rita.id)));

  const refusal = [404, "No such project among yours: one of its owners can add you."];
  expect(await send("record", { events: [verdictEvent(last, 20, "correct")] })).toEqual(refusal);
  expect(await send("submit", submission)).toEqual(refusal);
});
