import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { levels, pairs, patterns, sittings } from "@/db/schema";
import { askingAs } from "@/server/auth/asking";
import { claimSeats } from "@/server/rating/claim-next-seat";
import { createCaller } from "@/server/trpc/router";
import { openCounted } from "@/tests/support/count-round-trips";
import { verdictEvent } from "@/tests/support/rate";
import { openStage } from "@/tests/support/rating-stage";
import { testDatabase } from "@/tests/support/test-database";

// How often a rater's request waits for the database, from its cookie to its answer: who asks is looked up too.
const { db, url } = await testDatabase();
const counted = await openCounted(url);
afterAll(() => counted.close());

type Stage = Awaited<ReturnType<typeof openStage>>;

/** The rater's requests as a web process serves them; the connection is that of the counter. */
async function openRequests({ rater, imageIds }: Stage) {
  const { viewer, member } = await rater();
  const { rating } = createCaller({
    db: counted.db,
    viewer: null,
    session: askingAs(counted.db, { accountId: viewer.accountId, sessionVersion: 1 }),
    bearerToken: null,
    address: null,
  });
  const project = member.slug;
  const events = imageIds.map((id, at) => verdictEvent(id, at + 1, "incorrect"));
  return {
    claim: (most = 1) => rating.nextBatch({ project, besides: [], most }),
    record: (sittingId: string) => rating.record({ project, sittingId, events, baseVersion: 0 }),
    submit: (sittingId: string) =>
      rating.submit({
        project,
        sittingId,
        guidelineVersion: 0,
        paintedAt: new Date(2026, 0, 1, 12),
        firstActionAt: new Date(2026, 0, 1, 12, 0, 2),
        activeMs: 61_000,
      }),
  };
}

type Requests = Awaited<ReturnType<typeof openRequests>>;

async function rateOne({ claim, record, submit }: Requests) {
  let sittingId = "";
  const claimed = await counted.count(async () => {
    sittingId = (await claim()).sittings[0]!.id;
  });
  const recorded = await counted.count(() => record(sittingId));
  const submitted = await counted.count(() => submit(sittingId));
  const [sitting] = await db.select().from(sittings).where(eq(sittings.id, sittingId));
  return { sitting: sitting!, waits: { claimed, recorded, submitted } };
}

// The driver prepares a statement once for each connection, and waits once more for it.
beforeAll(async () => {
  await rateOne(await openRequests(await openStage(db, { grids: 1 })));
  const waking = await openStage(db, { grids: 1 });
  await runByItself(waking);
  await rateOne(await openRequests(waking));
});

/** Every fact of the pair wakes its pattern. */
async function runByItself({ grids }: Stage) {
  const [pair] = await db.select().from(pairs).where(eq(pairs.id, grids[0]!.pairId));
  await db.update(patterns).set({ isAuto: true }).where(eq(patterns.id, pair!.patternId));
}

test("20 verdicts are recorded in one wait and a grid is submitted in two, with its Level", async () => {
  const requests = await openRequests(await openStage(db, { grids: 1 }));

  const { sitting, waits } = await rateOne(requests);

  expect(waits).toMatchObject({ recorded: 1, submitted: 2 });
  expect(sitting.state).toBe("submitted");
  const [level] = await db.select().from(levels).where(eq(levels.sittingId, sitting.id));
  expect(level).toMatchObject({ level: 5, rated: 20 });
});

test("a submission that wakes its pattern waits no more often, and the job is there", async () => {
  const stage = await openStage(db, { grids: 1 });
  await runByItself(stage);

  const { sitting, waits } = await rateOne(await openRequests(stage));

  expect(waits.submitted).toBe(2);
  expect(sitting.state).toBe("submitted");
  const jobs = await db.execute(
    `select from pgboss.job j join pair on pair.pattern_id::text = j.data ->> 'patternId'
      where j.name = 'loop.advance' and pair.id = '${stage.grids[0]!.pairId}'`,
  );
  expect(jobs).toHaveLength(1);
});

test("a submission that completes a grid of three raters waits no more often", async () => {
  const stage = await openStage(db, { grids: 1, raters: 3 });
  const submitted: number[] = [];
  for (let rater = 0; rater < 3; rater += 1)
    submitted.push((await rateOne(await openRequests(stage))).waits.submitted);

  expect(submitted).toEqual([2, 2, 2]);
  const joint = await db
    .select()
    .from(levels)
    .where(eq(levels.gridId, stage.grids[0]!.gridId))
    .then((all) => all.filter(({ source }) => source === "consensus"));
  expect(joint).toMatchObject([{ level: 5 }]);
});

// The claim itself is one statement. It makes sittings, and a statement does not see the rows it makes, so what the rater sees
// of them is read by a second.
test("a claim of three grids is one wait, and the request for them one more, because it also reads all that is shown of them", async () => {
  const stage = await openStage(db, { grids: 6 });
  const { claim } = await openRequests(stage);
  const { viewer, member } = await stage.rater();
  const other = { db: counted.db, viewer, member };
  let alone: Awaited<ReturnType<typeof claimSeats>> | undefined;
  let seen: Awaited<ReturnType<typeof claim>> | undefined;
  // Prepares the statement of the claim by itself.
  await claimSeats(other, [], 0);

  const waitsAlone = await counted.count(async () => {
    alone = await claimSeats(other, [], 3);
  });
  const waits = await counted.count(async () => {
    seen = await claim(3);
  });

  expect([waitsAlone, waits]).toEqual([1, 2]);
  expect(alone?.sittingIds).toHaveLength(3);
  expect(seen?.sittings.map(({ cells }) => cells.length)).toEqual([20, 20, 20]);
});

test("who asks is looked up once for all that comes in one request", async () => {
  const { rater } = await openStage(db, { grids: 1 });
  const { viewer, member } = await rater();
  const session = { accountId: viewer.accountId, sessionVersion: 1 };
  const openRequest = () =>
    createCaller({
      db: counted.db,
      viewer: null,
      session: askingAs(counted.db, session),
      bearerToken: null,
      address: null,
    });
  const me = (request: Request) => counted.count(() => request.auth.account.me());
  const guidelines = (request: Request) =>
    counted.count(() => request.rating.guidelines({ project: member.slug }));
  type Request = ReturnType<typeof openRequest>;
  // Prepares the statements.
  await me(openRequest());
  await guidelines(openRequest());

  const request = openRequest();

  expect([await me(request), await me(request)]).toEqual([1, 0]);
  const [first, second] = [await guidelines(request), await guidelines(request)];
  expect(second).toBe(first - 1);
});
