import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { decisions, pairs } from "@/db/schema";
import { changeRating } from "@/server/project/change-rating";
import { getSitting } from "@/server/rating/get-sitting";
import { latentPrecision } from "@/server/rating/latent-precision";
import { recordVerdictEvents } from "@/server/rating/record-verdict-events";
import type { VerdictDetail } from "@/server/rating/schemas";
import { submitSitting } from "@/server/rating/submit-sitting";
import type { MemberContext } from "@/server/trpc/context";
import { claimSitting } from "@/tests/support/claim";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { makeProject } from "@/tests/support/make/project";
import { verdictEvent } from "@/tests/support/rate";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

async function asked() {
  const { id: projectId } = await makeProject(db);
  const owner = await makeMember(db, { projectId, role: "owner" });
  const rater = await makeMember(db, { projectId, role: "expert" });
  await changeRating(owner, { ratingMode: "full", detail: true });
  return { projectId, owner, rater };
}

type Said = { seen?: string; failing?: number; detail?: VerdictDetail | null };

/** A grid of a pair for which "glass tumbler" was guessed, rated by this rater. */
async function rate(
  rater: MemberContext,
  projectId: string,
  { seen, failing = 20, detail = null }: Said,
  origin: "llm" | "human" = "llm",
) {
  const { pairId } = await makeGrid(db, { projectId });
  await db.update(pairs).set({ origin }).where(eq(pairs.id, pairId));
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
  await rate(rater, projectId, { seen: "tumbler" }, "human");

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

test("where images were asked about, those with something else in it are counted too", async () => {
  const { projectId, owner, rater } = await asked();
  await rate(rater, projectId, { failing: 4, detail: { latentSeen: true } });
  await rate(rater, projectId, { failing: 6, detail: { aSeen: true, latentSeen: false } });
  await rate(rater, projectId, { failing: 5 });

  const { all } = await latentPrecision(owner, {});

  expect(all).toMatchObject({ grids: null, images: { count: 4, total: 10 } });
});

test("a guess beside what a person expects is not held against the LLM; one that stands is", async () => {
  const { projectId, owner, rater } = await asked();
  const guess = async (subjectId: string, isTaken: boolean) => {
    const payload = { latent: "glass tumbler", reason: "", isTaken };
    await db.insert(decisions).values({ projectId, action: "pair.guess", subjectId, payload });
  };
  await guess(await rate(rater, projectId, { seen: "tumbler" }, "human"), false);
  expect((await latentPrecision(owner, {})).all.grids).toBeNull();

  await guess(await rate(rater, projectId, { seen: "mug" }, "human"), true);
  expect((await latentPrecision(owner, {})).all.grids).toMatchObject({ count: 0, total: 1 });
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
