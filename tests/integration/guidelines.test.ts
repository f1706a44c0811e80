import { and, eq } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { decisions, generators } from "@/db/schema";
import type { LiveEvent } from "@/server/live/live";
import { currentGuideline } from "@/server/rating/current-guideline";
import { getSitting } from "@/server/rating/get-sitting";
import { listGuidelines, showGuideline } from "@/server/rating/list-guidelines";
import { makeGold } from "@/server/rating/make-gold";
import { savePreferences } from "@/server/rating/rating-preferences";
import { readGuidelines } from "@/server/rating/read-guidelines";
import { retireGold } from "@/server/rating/retire-gold";
import type { GuidelineExample } from "@/server/rating/schemas";
import { setGuidelines } from "@/server/rating/set-guidelines";
import { showGuidelines } from "@/server/rating/show-guidelines";
import type { MemberContext } from "@/server/trpc/context";
import { claimSitting } from "@/tests/support/claim";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { makeProject } from "@/tests/support/make/project";
import { judgeAll, submit } from "@/tests/support/rate";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

async function stage() {
  const { id: projectId } = await makeProject(db);
  const researcher = await makeMember(db, { projectId, role: "researcher", name: "Rosa" });
  const rater = await makeMember(db, { projectId, role: "expert" });
  const rated = await makeGrid(db, { projectId });
  const sittingId = await claimSitting(rater);
  await judgeAll(rater, sittingId, { imageIds: rated.imageIds, correct: 3 });
  await submit(rater, sittingId);
  return { projectId, researcher, rater, rated };
}

/** Saves on top of what stands. */
async function save(
  researcher: MemberContext,
  text: string,
  examples: GuidelineExample[] = [],
): Promise<number> {
  const { version } = await currentGuideline(db, researcher.member.projectId);
  return (await setGuidelines(researcher, { text, examples, basedOn: version })).version;
}

const example = (imageId: string, caption = "The coke is in the cup."): GuidelineExample => ({
  imageId,
  verdict: "correct",
  caption,
});

test("a rater reads the newest text with its examples: image, prompt, verdict and caption, and nothing else", async () => {
  const { researcher, rater, rated } = await stage();
  await save(researcher, "Look closely.", [example(rated.imageIds[1]!)]);

  expect(await showGuidelines(rater)).toEqual({
    version: expect.any(Number),
    text: "Look closely.",
    examples: [
      {
        imageId: rated.imageIds[1],
        verdict: "correct",
        caption: "The coke is in the cup.",
        prompt: "A tea cup of iced coke stands on a wooden table.",
        conceptA: "iced coke",
        conceptB: "tea cup",
      },
    ],
  });
});

test("each version stays with who made it and what it changed", async () => {
  const { researcher, rated } = await stage();
  const first = await save(researcher, "Look closely.", [example(rated.imageIds[0]!)]);
  const second = await save(researcher, "Look very closely.", [example(rated.imageIds[1]!)]);

  const { versions } = await listGuidelines(researcher, {});
  expect(versions[0]).toMatchObject({
    version: second,
    by: "Rosa",
    change: { added: 1, removed: 0, examples: 2 },
  });
  expect(await showGuideline(researcher, { version: second })).toMatchObject({
    diff: [{ text: "Look " }, { kind: "added", text: "very " }, { text: "closely." }],
    examples: [{ imageId: rated.imageIds[1] }],
    dropped: [{ imageId: rated.imageIds[0] }],
  });
  expect(await showGuideline(researcher, { version: first })).toMatchObject({
    text: "Look closely.",
    examples: [{ imageId: rated.imageIds[0] }],
  });
});

test("a new version is a decision with its author and is heard at once; one that is refused is neither", async () => {
  const { researcher, rated, projectId } = await stage();
  const heard: unknown[] = [];
  const { unlisten } = await db.$client.listen("teacup_live", (text) =>
    heard.push(JSON.parse(text)),
  );
  const version = await save(researcher, "Look closely.", [example(rated.imageIds[0]!)]);
  await expect(
    setGuidelines(researcher, { text: "Mine.", examples: [], basedOn: version - 1 }),
  ).rejects.toMatchObject({ code: "CONFLICT" });
  const next = await save(researcher, "Look twice.");

  const made = (number: number) => ({ projectId, topic: "guidelines", id: String(number) });
  // Notices keep their order: with the last one all are here.
  await vi.waitFor(() => expect(heard).toContainEqual(made(next)));
  await unlisten();
  expect(heard.filter((event) => (event as LiveEvent).topic === "guidelines")).toEqual([
    made(version),
    made(next),
  ]);
  const decided = await db
    .select()
    .from(decisions)
    .where(and(eq(decisions.projectId, projectId), eq(decisions.action, "guidelines.set")))
    .orderBy(decisions.seq);
  const actorId = researcher.viewer.accountId;
  expect(decided).toMatchObject([
    { actorId, payload: { version, examples: [rated.imageIds[0]] } },
    { actorId, payload: { version: next, examples: [] } },
  ]);
});

test("many versions come page by page", async () => {
  const { researcher } = await stage();
  for (let number = 1; number <= 22; number += 1) await save(researcher, `Version ${number}.`);

  const first = await listGuidelines(researcher, {});
  const next = await listGuidelines(researcher, { cursor: first.nextCursor });

  const numbers = [...first.versions, ...next.versions].map(({ version }) => version);
  expect(first.versions).toHaveLength(20);
  expect(numbers).toEqual(numbers.toSorted((one, other) => other - one));
  expect(next.versions.at(-1)).toMatchObject({ change: null });
});

test("an example is refused while its grid is rated, when it is gold, from elsewhere, or when its caption tells too much", async () => {
  const { researcher, projectId, rated } = await stage();
  const open = await makeGrid(db, { projectId });
  const elsewhere = await stage();
  const [imageId] = rated.imageIds;
  const attempt = (id: string, caption?: string) =>
    save(researcher, "New.", [example(id, caption)]);

  await expect(attempt(open.imageIds[0]!)).rejects.toThrow(/still being rated/);
  await expect(attempt(elsewhere.rated.imageIds[0]!)).rejects.toMatchObject({ code: "NOT_FOUND" });
  const [generator] = await db.select().from(generators).where(eq(generators.projectId, projectId));
  await expect(attempt(imageId!, `By ${generator!.name}`)).rejects.toThrow(/must not learn/);
  await makeGold(researcher, { gridId: rated.gridId, use: "gold", answers: [] });
  await expect(attempt(imageId!)).rejects.toThrow(/gold grid/);
  await retireGold(researcher, rated.gridId);

  expect(await attempt(imageId!)).toBeGreaterThan(0);
  await expect(
    makeGold(researcher, { gridId: rated.gridId, use: "gold", answers: [] }),
  ).rejects.toThrow(/example in the guidelines/);
});

test("a new version is new to a rater until they have read it, and stays read when preferences are saved", async () => {
  const { researcher, rater, projectId } = await stage();
  const fresh = await makeMember(db, { projectId, role: "expert" });
  await makeGrid(db, { projectId, raters: 2 });
  const sittingId = await claimSitting(rater);
  const ofFresh = await claimSitting(fresh);
  const { version: before } = (await getSitting(rater, sittingId)).guideline;
  await readGuidelines(rater, { version: before });
  expect((await getSitting(rater, sittingId)).guideline.isNew).toBe(false);

  const version = await save(researcher, "Changed.");

  expect((await getSitting(rater, sittingId)).guideline).toMatchObject({ version, isNew: true });
  expect((await getSitting(fresh, ofFresh)).guideline).toMatchObject({ version, isNew: false });
  await readGuidelines(rater, { version });
  await readGuidelines(rater, { version: before });
  await savePreferences(rater, { firstPress: "correct", singleKeys: true, keyLayout: "block" });
  expect((await getSitting(rater, sittingId)).guideline.isNew).toBe(false);
});

test("who never pressed H hears of what changed since their last grid", async () => {
  const { researcher, rater, projectId } = await stage();
  await makeGrid(db, { projectId });
  const version = await save(researcher, "Changed.");

  const sittingId = await claimSitting(rater);

  expect((await getSitting(rater, sittingId)).guideline).toMatchObject({ version, isNew: true });
});
