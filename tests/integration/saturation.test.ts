import { and, asc, eq } from "drizzle-orm";
import { beforeAll, describe, expect, test } from "vitest";
import type { DbHandle } from "@/db/client";
import {
  batches,
  decisions,
  type Pattern,
  patterns,
  phases,
  proposals,
  proposalTallies,
  saturations,
} from "@/db/schema";
import { addPhases } from "@/server/loop/add-phases";
import { openPhase } from "@/server/loop/phases";
import { addPairs } from "@/server/mining/add-pairs";
import { decideDuplicate } from "@/server/mining/decide-duplicate";
import { seededDraws } from "@/server/mining/domain/random";
import { conceptSets } from "@/server/mining/exchanges/concept-sets";
import { expandPattern } from "@/server/mining/exchanges/expand-pattern";
import { insertBatch } from "@/server/mining/insert-batch";
import { listPatterns } from "@/server/mining/list-patterns";
import { OFFLINE_MODEL } from "@/server/mining/offline-proposer";
import { recordProposals } from "@/server/mining/record-proposals";
import { requestRetest } from "@/server/mining/request-retest";
import { readGauge } from "@/server/project/board/read-gauge";
import type { MemberContext } from "@/server/trpc/context";
import { makeMember } from "../support/make/member";
import { makePattern } from "../support/make/pattern";
import { testDatabase } from "../support/test-database";

let db: DbHandle["db"];
const PROPOSER = `${OFFLINE_MODEL} ${expandPattern.version}`;

beforeAll(async () => {
  process.env.AUTH_SECRET ??= "a secret of the tests, long enough for all";
  process.env.APP_URL ??= "http://localhost:3000";
  ({ db } = await testDatabase());
});

type Site = { ctx: MemberContext; pattern: Pattern };

async function makeSite(): Promise<Site> {
  const ctx = await makeMember(db);
  await db.transaction((tx) => addPhases(tx, ctx.member.projectId));
  return { ctx, pattern: await makePattern(db, ctx.member) };
}

const words = ["otter", "lantern", "cactus", "violin", "pretzel", "anvil", "walrus", "teapot"];
const pairNo = (n: number) => ({
  a: `${words[n % 8]} ${String.fromCharCode(97 + n)}${n}`,
  b: `${words[Math.floor(n / 8) % 8]} holder`,
});

/** One recorded batch; the numbers say which pair each proposal is. */
async function record(
  { ctx, pattern }: Site,
  numbers: readonly number[],
  { isRetest = false, proposer = PROPOSER } = {},
): Promise<string> {
  const { batchId } = await db.transaction((tx) =>
    insertBatch(tx, pattern, { actorId: ctx.viewer.accountId, n: 20, proposer, isRetest }),
  );
  await recordBatch({ ctx, pattern }, batchId, numbers);
  return batchId;
}

async function recordBatch({ ctx, pattern }: Site, batchId: string, numbers: readonly number[]) {
  await db.update(batches).set({ state: "running" }).where(eq(batches.id, batchId));
  const { projectId } = ctx.member;
  const batch = { id: batchId, projectId, patternId: pattern.id };
  const value = { pairs: numbers.map(pairNo) };
  await recordProposals(db, batch, pattern, { value, exchangeId: null });
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => from + n);
const standingOf = async ({ pattern }: Site, proposer = PROPOSER) =>
  (
    await db
      .select()
      .from(saturations)
      .where(and(eq(saturations.patternId, pattern.id), eq(saturations.proposer, proposer)))
  )[0];
const phaseThree = async ({ ctx }: Site) =>
  (
    await db
      .select()
      .from(phases)
      .where(and(eq(phases.projectId, ctx.member.projectId), eq(phases.number, 3)))
  )[0]!;

async function makeDry(site: Site) {
  await record(site, range(0, 20));
  await record(site, range(0, 20));
  await record(site, range(0, 20));
}

/** The same figures, counted anew from the proposals themselves. */
async function recount({ pattern }: Site, proposer = PROPOSER) {
  const rows = await db
    .select({ pairId: proposals.pairId, twinId: proposals.twinId })
    .from(proposals)
    .innerJoin(batches, eq(batches.id, proposals.batchId))
    .where(and(eq(batches.patternId, pattern.id), eq(batches.proposer, proposer)));
  const times = new Map<string, number>();
  for (const { pairId, twinId } of rows) {
    const key = pairId ?? twinId;
    if (key) times.set(key, (times.get(key) ?? 0) + 1);
  }
  return times;
}

async function expectNoDrift(site: Site, proposer = PROPOSER) {
  const times = await recount(site, proposer);
  const kept = await db
    .select({ key: proposalTallies.key, times: proposalTallies.times })
    .from(proposalTallies)
    .where(
      and(eq(proposalTallies.patternId, site.pattern.id), eq(proposalTallies.proposer, proposer)),
    );
  expect(new Map(kept.map((row) => [row.key, row.times]))).toEqual(times);
  const all = [...times.values()];
  expect(await standingOf(site, proposer)).toMatchObject({
    proposals: all.reduce((sum, n) => sum + n, 0),
    distinct: all.length,
    once: all.filter((n) => n === 1).length,
    twice: all.filter((n) => n === 2).length,
  });
}

describe("what a batch says of its proposer", () => {
  test("is kept with it: judged, likeness of the last five, and the pattern's own sums", async () => {
    const site = await makeSite();
    const batchId = await record(site, [0, 1, 2, 1, 0, 0]);
    const [batch] = await db.select().from(batches).where(eq(batches.id, batchId));
    expect(batch).toMatchObject({ judged: 6, fresh: 3 });
    expect(batch!.meanSimilarity).toBeGreaterThan(0);
    const [pattern] = await db.select().from(patterns).where(eq(patterns.id, site.pattern.id));
    expect(pattern).toMatchObject({ returned: 6, fresh: 3 });
    expect(await standingOf(site)).toMatchObject({ proposals: 6, distinct: 3, once: 1, twice: 1 });
  });

  test("does not count what could not be judged", async () => {
    const site = await makeSite();
    const { batchId } = await db.transaction((tx) =>
      insertBatch(tx, site.pattern, { actorId: null, n: 2, proposer: PROPOSER }),
    );
    await db.update(batches).set({ state: "running" }).where(eq(batches.id, batchId));
    const batch = { id: batchId, projectId: site.pattern.projectId, patternId: site.pattern.id };
    const value = { pairs: [pairNo(1), { a: "milk", b: "the milk" }] };
    await recordProposals(db, batch, site.pattern, { value, exchangeId: null });
    expect(await standingOf(site)).toMatchObject({ proposals: 1, distinct: 1, once: 1 });
  });

  test("is counted apart for another proposer of the same pattern", async () => {
    const site = await makeSite();
    await record(site, range(0, 5));
    await record(site, range(0, 5), { proposer: "another model" });
    await expectNoDrift(site);
    await expectNoDrift(site, "another model");
    expect(await standingOf(site, "another model")).toMatchObject({ once: 5 });
  });

  test("counts a repeat of a typed pair under that pair", async () => {
    const site = await makeSite();
    const { pairIds } = await addPairs(site.ctx, {
      patternId: site.pattern.id,
      pairs: [{ ...pairNo(3), latent: null }],
    });
    await record(site, [3, 3]);
    const [tally] = await db
      .select()
      .from(proposalTallies)
      .where(eq(proposalTallies.patternId, site.pattern.id));
    expect(tally).toMatchObject({ key: pairIds[0], times: 2 });
  });

  test("equals a recount after many batches and overruled repeats", async () => {
    const site = await makeSite();
    const draw = seededDraws(21);
    for (let round = 0; round < 8; round += 1) {
      await record(
        site,
        Array.from({ length: 12 }, () => Math.floor(draw() * 40)),
      );
    }
    await expectNoDrift(site);
    const repeats = await db
      .select({ id: proposals.id })
      .from(proposals)
      .where(and(eq(proposals.projectId, site.pattern.projectId), eq(proposals.step, "exact")))
      .orderBy(asc(proposals.id))
      .limit(3);
    expect(repeats).toHaveLength(3);
    // Each repeat was in fact another pair: its words are changed so that it can stand by itself.
    for (const [at, { id }] of repeats.entries()) {
      const change = { conceptA: `owl ${at}`, conceptB: `hatstand ${at}` };
      await db.update(proposals).set(change).where(eq(proposals.id, id));
      await decideDuplicate(site.ctx, { proposalId: id, decision: "keep" });
    }
    await expectNoDrift(site);
    const fresh = await db
      .select({ fresh: batches.fresh })
      .from(batches)
      .where(eq(batches.patternId, site.pattern.id));
    const [pattern] = await db.select().from(patterns).where(eq(patterns.id, site.pattern.id));
    expect(pattern!.fresh).toBe(fresh.reduce((sum, batch) => sum + batch.fresh, 0));
  });
});

describe("a pattern that seems dry", () => {
  test("offers nothing yet, and is re-tested by a press", async () => {
    const site = await makeSite();
    await makeDry(site);
    expect(await standingOf(site)).toMatchObject({
      isDry: true,
      isConfirmed: false,
      dryBatches: 2,
    });
    expect((await phaseThree(site)).state).toBe("closed");

    const { batchId } = await requestRetest(site.ctx, {
      patternId: site.pattern.id,
      temperature: 1.3,
    });
    const [batch] = await db.select().from(batches).where(eq(batches.id, batchId));
    expect(batch).toMatchObject({
      isRetest: true,
      temperature: expect.closeTo(1.3, 5),
      state: "queued",
    });
  });

  test("offers phase 3 with its reason once a re-test is dry too; a person opens it", async () => {
    const site = await makeSite();
    await makeDry(site);
    const { batchId } = await requestRetest(site.ctx, { patternId: site.pattern.id });
    await recordBatch(site, batchId, range(0, 20));

    expect(await standingOf(site)).toMatchObject({ isDry: true, isConfirmed: true });
    const offered = await phaseThree(site);
    expect(offered).toMatchObject({ state: "offered", openedBy: null });
    expect(offered.reason).toContain(site.pattern.name);
    expect(offered.reason).toContain("Dry, also after a re-test");
    const [offer] = await db
      .select()
      .from(decisions)
      .where(and(eq(decisions.subjectId, offered.id), eq(decisions.action, "phase.offer")));
    expect(offer).toMatchObject({ actorId: null, payload: { number: 3, batchId } });

    await expect(requestRetest(site.ctx, { patternId: site.pattern.id })).rejects.toThrow(
      "open phase 3",
    );
    await openPhase(site.ctx, { number: 3 });
    await record(site, range(0, 20));
    expect((await phaseThree(site)).state).toBe("open");
  });

  test("is alive again when the re-test brings new pairs", async () => {
    const site = await makeSite();
    await makeDry(site);
    const { batchId } = await requestRetest(site.ctx, { patternId: site.pattern.id });
    await recordBatch(site, batchId, range(30, 50));
    expect(await standingOf(site)).toMatchObject({ isDry: false, dryBatches: 0 });
    expect((await phaseThree(site)).state).toBe("closed");
  });

  test("is not dry with another proposer: no re-test of what does not seem dry", async () => {
    const site = await makeSite();
    await record(site, range(0, 20), { proposer: "another model" });
    await expect(requestRetest(site.ctx, { patternId: site.pattern.id })).rejects.toThrow(
      "does not seem dry",
    );
  });
});

describe("the gauges", () => {
  const OLD = "a model of last year expand-pattern/1";
  const board = async ({ ctx }: Site) => readGauge(db, ctx.member.projectId);

  test("speak of the proposers in use alone: what an abandoned one ran dry of is not shown", async () => {
    const site = await makeSite();
    for (let batch = 0; batch < 3; batch += 1) await record(site, range(0, 20), { proposer: OLD });
    expect(await standingOf(site, OLD)).toMatchObject({ isDry: true });
    expect(await board(site)).toBeNull();
    expect((await listPatterns(site.ctx))[0]).toMatchObject({ gauges: [] });

    await record(site, range(20, 26));
    expect(await board(site)).toMatchObject({ proposer: PROPOSER, isDry: false });
  });

  test("show a dry one that a re-test is not refused for", async () => {
    const site = await makeSite();
    await makeDry(site);
    const gauge = await board(site);
    expect(gauge).toMatchObject({ isDry: true, isConfirmed: false, strategy: "direct" });
    expect(await requestRetest(site.ctx, { patternId: gauge!.patternId })).toMatchObject({
      number: 4,
    });
  });

  test("stand on every pattern with novelty, its bound, f1/n, Chao1, likeness and the reason", async () => {
    const site = await makeSite();
    const other = { ...site, pattern: await makePattern(db, site.ctx.member) };
    await record(site, range(0, 10));
    await record(site, [...range(0, 4), 10, 11]);
    await record(other, range(20, 24));
    const twoSets = `${OFFLINE_MODEL} ${conceptSets.version}`;
    await record(other, range(24, 26), { proposer: twoSets });

    const listed = await listPatterns(site.ctx);
    const gaugesOf = ({ pattern }: Site) => listed.find(({ id }) => id === pattern.id)!.gauges;
    expect(gaugesOf(site)).toEqual([
      expect.objectContaining({
        proposals: 16,
        once: 8,
        twice: 4,
        nextIsNew: 0.5,
        moreToFind: 8,
        strategy: "direct",
        reason: "Not dry. The last batch brought 2 of 6 new: 33 %, at most 59 % (90 %).",
        last: {
          number: 2,
          fresh: 2,
          judged: 6,
          share: expect.closeTo(1 / 3, 6),
          atMost: expect.closeTo(0.59, 2),
          isRetest: false,
          meanSimilarity: expect.any(Number),
        },
      }),
    ]);
    expect(
      gaugesOf(other)
        .map(({ strategy }) => strategy)
        .sort(),
    ).toEqual(["direct", "two_sets"]);
  });
});
