import { eq } from "drizzle-orm";
import { describe, expect, test } from "vitest";
import { batches, pairs, proposals } from "@/db/schema";
import { pairKey } from "@/server/mining/domain/pair-key";
import { inquire } from "@/server/mining/inquire";
import { pairDetail } from "@/server/mining/pair-detail";
import { requestInquiry } from "@/server/mining/request-inquiry";
import { changeRating } from "@/server/project/change-rating";
import { getSitting } from "@/server/rating/get-sitting";
import { latentPrecision } from "@/server/rating/latent-precision";
import { recordVerdictEvents } from "@/server/rating/record-verdict-events";
import type { VerdictDetail } from "@/server/rating/schemas";
import { submitSitting } from "@/server/rating/submit-sitting";
import type { MemberContext } from "@/server/trpc/context";
import { claimSitting } from "@/tests/support/claim";
import { say } from "@/tests/support/fake-llm";
import { llmDatabase } from "@/tests/support/llm-database";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { makeProject } from "@/tests/support/make/project";
import { miningJob } from "@/tests/support/mining-job";
import { verdictEvent } from "@/tests/support/rate";

const { db, llm } = await llmDatabase();

async function asked() {
  const { id: projectId } = await makeProject(db);
  const owner = await makeMember(db, { projectId, role: "owner" });
  const rater = await makeMember(db, { projectId, role: "expert" });
  await changeRating(owner, { ratingMode: "full", detail: true });
  return { projectId, owner, rater };
}

type Said = { seen?: string; failing?: number; detail?: VerdictDetail | null };

/** The pair as an LLM proposed it, with what it expected. */
async function proposeWith(pairId: string, latent: string | null): Promise<void> {
  const [pair] = await db.update(pairs).set({ latent }).where(eq(pairs.id, pairId)).returning();
  const { projectId, patternId, conceptA, conceptB, key } = pair!;
  const asked = { asked: 1, seed: 0, requestedBy: null, proposer: "scripted expand-pattern/2" };
  const [batch] = await db
    .insert(batches)
    .values({ projectId, patternId, number: Date.now() % 1e9, state: "done", ...asked })
    .returning();
  const said = { latent, outcome: "new", ordinal: 1 } as const;
  const words = { projectId, pairId, conceptA, conceptB, key };
  await db.insert(proposals).values({ ...words, batchId: batch!.id, ...said });
}

/** A grid of a pair for which "glass tumbler" was guessed, rated by this rater. */
async function rate(
  rater: MemberContext,
  projectId: string,
  { seen, failing = 20, detail = null }: Said,
  before: (pairId: string) => Promise<void> = (pairId) => proposeWith(pairId, "glass tumbler"),
) {
  const { pairId } = await makeGrid(db, { projectId });
  await before(pairId);
  const sittingId = await claimSitting(rater);
  const { cells } = await getSitting(rater, sittingId);
  await recordVerdictEvents(rater, {
    sittingId,
    events: cells.map(({ imageId }, index) => ({
      ...verdictEvent(imageId, index + 1, index < failing ? "incorrect" : "correct"),
      detail: index < failing ? detail : null,
    })),
  });
  await submitSitting(rater, {
    sittingId,
    guidelineVersion: 0,
    paintedAt: null,
    firstActionAt: null,
    activeMs: 30_000,
    seenInstead: seen,
  });
  return pairId;
}

test("precision is the share of failing grids where what was guessed is what was seen", async () => {
  const { projectId, owner, rater } = await asked();
  const first = await rate(rater, projectId, { seen: "a tumbler" });
  await rate(rater, projectId, { seen: "Glass Tumblers" });
  await rate(rater, projectId, { seen: "mug" });
  await rate(rater, projectId, { seen: "" });
  await rate(rater, projectId, { seen: "tumbler", failing: 0 });
  await rate(rater, projectId, { seen: "tumbler" }, async () => {});

  const { all, patterns } = await latentPrecision(owner, {});

  expect(all.grids).toMatchObject({ count: 2, total: 3 });
  expect(all.grids!.low).toBeCloseTo(0.208, 3);
  expect(all.grids!.high).toBeCloseTo(0.939, 3);
  const [pair] = await db.select().from(pairs).where(eq(pairs.id, first));
  const { patternId } = pair!;
  const ofPattern = patterns.find((row) => row.patternId === patternId);
  expect(ofPattern!.grids).toMatchObject({ count: 1, total: 1 });
  expect((await latentPrecision(owner, { patternId })).all).toMatchObject({ grids: { total: 1 } });
});

describe("the LLM is judged by its own words", () => {
  const typed = (latent: string | null) => async (pairId: string) => {
    await db.update(pairs).set({ latent }).where(eq(pairs.id, pairId));
  };

  test("when a reviewer wrote another C: the reviewer's is no guess of the LLM", async () => {
    const { projectId, owner, rater } = await asked();
    const edited = (to: string) => async (pairId: string) => {
      await proposeWith(pairId, "glass tumbler");
      await typed(to)(pairId);
    };
    await rate(rater, projectId, { seen: "mug" }, edited("mug"));
    await rate(rater, projectId, { seen: "tumbler" }, edited("mug"));

    expect((await latentPrecision(owner, {})).all.grids).toMatchObject({ count: 1, total: 2 });
  });

  test("when a reviewer wrote another pair: what was said of the first one is left out", async () => {
    const { projectId, owner, rater } = await asked();
    const pairId = await rate(rater, projectId, { seen: "tumbler" }, async (id) => {
      await proposeWith(id, "glass tumbler");
      const words = { conceptB: "soup plate", key: pairKey("iced coke", "soup plate") };
      await db.update(pairs).set(words).where(eq(pairs.id, id));
    });

    expect((await latentPrecision(owner, {})).all.grids).toBeNull();
    const { seen } = await pairDetail(owner, pairId);
    expect(seen).toMatchObject([{ expected: "glass tumbler", isOfLlm: false }]);
  });

  test("when it was asked: a guess that stood is its own for good, one beside a person's C is none", async () => {
    const { projectId, owner, rater } = await asked();
    const guess = async (pairId: string, latent: string) => {
      const question = { projectId, purpose: "guess_latent", pairId, parameters: {} } as const;
      const { inquiryId } = await db.transaction((tx) =>
        requestInquiry(tx, { ...question, actorId: null }),
      );
      llm.script(say.json({ latent, reason: "Habit." }));
      await inquire({ inquiryId }, miningJob(db));
    };
    await rate(rater, projectId, { seen: "mug" }, async (pairId) => {
      await typed("mug")(pairId);
      await guess(pairId, "mug");
    });
    await rate(rater, projectId, { seen: "mug" }, typed("mug"));
    expect((await latentPrecision(owner, {})).all.grids).toBeNull();

    const pairId = await rate(rater, projectId, { seen: "mug" }, async (id) => {
      await typed(null)(id);
      await guess(id, "tumbler");
      await typed("mug")(id);
    });
    expect((await latentPrecision(owner, {})).all.grids).toMatchObject({ count: 0, total: 1 });
    const { seen } = await pairDetail(owner, pairId);
    expect(seen).toMatchObject([{ expected: "tumbler", isOfLlm: true, match: null }]);
  });
});

test("where images were asked about, those with something else in it are counted too", async () => {
  const { projectId, owner, rater } = await asked();
  await rate(rater, projectId, { failing: 4, detail: { latentSeen: true } });
  await rate(rater, projectId, { failing: 6, detail: { aSeen: true, latentSeen: false } });
  await rate(rater, projectId, { failing: 5 });

  const { all } = await latentPrecision(owner, {});

  expect(all).toMatchObject({ grids: null, images: { count: 4, total: 10 } });
});

test("a simulated rater's words are not what people saw", async () => {
  const { projectId, owner } = await asked();
  const program = await makeMember(db, { projectId, role: "expert", isSimulated: true });
  await rate(program, projectId, { seen: "tumbler" });

  expect(await latentPrecision(owner, {})).toEqual({
    all: { grids: null, images: null },
    patterns: [],
  });
});

test("raters are offered their own earlier words alone, and never the guess", async () => {
  const { projectId, rater } = await asked();
  const other = await makeMember(db, { projectId, role: "expert" });
  await rate(other, projectId, { seen: "beaker" });
  await rate(rater, projectId, { seen: "mug" });
  await makeGrid(db, { projectId });

  const view = await getSitting(rater, await claimSitting(rater));

  expect(view.ownWords).toEqual(["mug"]);
  expect(JSON.stringify(view)).not.toMatch(/tumbler|beaker/);
});
