import { randomUUID } from "node:crypto";
import { and, asc, eq } from "drizzle-orm";
import { beforeEach, describe, expect, test } from "vitest";
import { conceptSets, inquiries, pairs, patternParents, patterns } from "@/db/schema";
import { openPhase } from "@/server/loop/phases";
import { addPairs } from "@/server/mining/add-pairs";
import { approvePattern } from "@/server/mining/approve-pattern";
import { inquire } from "@/server/mining/inquire";
import { listPatternQuestions } from "@/server/mining/list-pattern-questions";
import { pairBoard } from "@/server/mining/pair-board";
import { patternDetail } from "@/server/mining/pattern-detail";
import { insertProposedPatterns } from "@/server/mining/record-inquiry/insert-proposed-patterns";
import { requestConceptSets } from "@/server/mining/request-concept-sets";
import { requestMerge } from "@/server/mining/request-merge";
import { requestNewPatterns } from "@/server/mining/request-new-patterns";
import { requestPatternNames } from "@/server/mining/request-pattern-names";
import { retirePattern } from "@/server/mining/retire-pattern";
import type { MemberContext } from "@/server/trpc/context";
import { say } from "@/tests/support/fake-llm";
import { llmDatabase } from "@/tests/support/llm-database";
import { makeMember } from "@/tests/support/make/member";
import { makePattern } from "@/tests/support/make/pattern";
import { makeProposedPattern } from "@/tests/support/make/proposed-pattern";
import { miningJob } from "@/tests/support/mining-job";
import "@/tests/support/web-environment";

const { db, llm } = await llmDatabase();
let ctx: MemberContext;

beforeEach(async () => {
  ctx = await makeMember(db);
  llm.script(say.good);
});

const work = ({ inquiryId }: { inquiryId: string }) => inquire({ inquiryId }, miningJob(db));
const proposed = () =>
  db
    .select()
    .from(patterns)
    .where(and(eq(patterns.projectId, ctx.member.projectId), eq(patterns.state, "proposed")))
    .orderBy(asc(patterns.id));
const asked = () =>
  db
    .select()
    .from(inquiries)
    .where(and(eq(inquiries.projectId, ctx.member.projectId), eq(inquiries.state, "queued")));
const approved = () => makePattern(db, ctx.member);

describe("new patterns", () => {
  test("are not asked for before a person has opened phase 3", async () => {
    await expect(requestNewPatterns(ctx, { n: 3 })).rejects.toThrow(/Phase 3 is not open yet/);
    expect(await asked()).toEqual([]);

    await openPhase(ctx, { number: 3 });
    await work(await requestNewPatterns(ctx, { n: 3 }));
    expect(await proposed()).toHaveLength(3);
  });

  test("are asked for once, however many people press at once", async () => {
    await openPhase(ctx, { number: 3 });
    const colleague = await makeMember(db, { ...ctx.member, role: "researcher" });
    const ids = await Promise.all(
      [ctx, colleague, ctx, colleague].map((who) => requestNewPatterns(who, { n: 2 })),
    );

    expect(new Set(ids.map(({ inquiryId }) => inquiryId)).size).toBe(1);
    expect(await listPatternQuestions(ctx)).toMatchObject([
      { purpose: "propose_patterns", state: "queued", pattern: null },
    ]);
  });

  test("whose name was taken meanwhile get a number and are shown as overlapping, not dropped", async () => {
    const { name } = await approved();
    const { projectId } = ctx.member;
    const origin = { projectId, phase: 3, exchangeId: randomUUID() } as const;
    const words = { name, definition: "", category: "lcmis" } as const;
    await db.transaction((tx) => insertProposedPatterns(tx, origin, [words, words]));

    const found = await proposed();
    expect(found.map((pattern) => pattern.name)).toEqual([`${name} (2)`, `${name} (3)`]);
    const { overlaps } = await patternDetail(ctx, found[0]!.id);
    expect(overlaps[0]).toMatchObject({ pattern: { name }, overlap: { name: 1, isLikely: true } });
  });
});

describe("crossing two patterns", () => {
  const cross = (patternAId: string, patternBId: string) =>
    requestMerge(ctx, { patternAId, patternBId });

  test("makes two patterns below both parents, though neither has a single pair", async () => {
    await openPhase(ctx, { number: 4 });
    const [one, other] = [await approved(), await approved()];
    await work(await cross(one.id, other.id));

    const found = await proposed();
    expect(found).toMatchObject([{ phase: 4 }, { phase: 4 }]);
    for (const { id } of found) {
      const links = await db.select().from(patternParents).where(eq(patternParents.childId, id));
      expect(links.map(({ parentId }) => parentId).sort()).toEqual([one.id, other.id].sort());
    }
  });

  test("a crossed pattern can be crossed again", async () => {
    await openPhase(ctx, { number: 4 });
    const [one, other, third] = [await approved(), await approved(), await approved()];
    await work(await cross(one.id, other.id));
    const [first] = await proposed();
    await approvePattern(ctx, { patternId: first!.id });
    await work(await cross(first!.id, third.id));

    const grandchild = (await proposed()).at(-1)!;
    await approvePattern(ctx, { patternId: grandchild.id });
    const { parents } = await patternDetail(ctx, grandchild.id);
    expect(parents.map(({ id }) => id).sort()).toEqual([first!.id, third.id].sort());
  });

  test("is refused before phase 4 is open, with itself, and with what is not approved", async () => {
    const [one, other] = [await approved(), await approved()];
    const waiting = await makeProposedPattern(db, ctx.member);
    await expect(cross(one.id, other.id)).rejects.toThrow(/Phase 4 is not open yet/);
    await openPhase(ctx, { number: 4 });

    await expect(cross(one.id, one.id)).rejects.toMatchObject({ code: "INVALID" });
    await expect(cross(one.id, waiting.id)).rejects.toThrow(/is proposed/);
    await retirePattern(ctx, { patternId: other.id, retired: true });
    await expect(cross(one.id, other.id)).rejects.toThrow(/is retired/);
    expect(await asked()).toEqual([]);
  });

  test("asked both ways round at once is one question", async () => {
    await openPhase(ctx, { number: 4 });
    const [one, other] = [await approved(), await approved()];
    const ids = await Promise.all([cross(one.id, other.id), cross(other.id, one.id)]);

    expect(ids[0]).toEqual(ids[1]);
  });

  test("a parent retired while the LLM thinks keeps the crossing from approval, and says so", async () => {
    await openPhase(ctx, { number: 4 });
    const [one, other] = [await approved(), await approved()];
    const question = await cross(one.id, other.id);
    await retirePattern(ctx, { patternId: one.id, retired: true });
    await work(question);
    const [crossing] = await proposed();

    await expect(approvePattern(ctx, { patternId: crossing!.id })).rejects.toThrow(
      `Its parent “${one.name}” was retired meanwhile`,
    );
  });
});

describe("naming patterns from seeds", () => {
  const typed = (patternId: string, count: number) =>
    addPairs(ctx, {
      patternId,
      pairs: Array.from({ length: count }, (_, n) => ({
        a: `otter ${n}`,
        b: "tea cup",
        latent: null,
      })),
    });

  test("approving a named pattern moves its seeds out of the catch-all", async () => {
    const { id: patternId } = await approved();
    const { pairIds } = await typed(patternId, 4);
    await work(await requestPatternNames(ctx, { patternId }));
    const [named] = await proposed();
    expect(named).toMatchObject({ phase: 1 });
    // That its seeds lie in the catch-all is no overlap with it.
    expect((await patternDetail(ctx, named!.id)).overlaps).toEqual([]);
    await approvePattern(ctx, { patternId: named!.id });

    const moved = await db.select().from(pairs).where(eq(pairs.patternId, named!.id));
    expect(moved.map(({ id }) => id).sort()).toEqual(pairIds.toSorted());
    expect(moved.every(({ phase, state }) => phase === 1 && state === "accepted")).toBe(true);
  });

  test("needs a few seeds to see anything in", async () => {
    const { id: patternId } = await approved();
    await typed(patternId, 3);

    await expect(requestPatternNames(ctx, { patternId })).rejects.toThrow(/has 3 accepted seeds/);
  });
});

test("two sets of concepts are asked for an approved pattern alone, and stand on its board", async () => {
  const { id: patternId } = await approved();
  const waiting = await makeProposedPattern(db, ctx.member);
  await expect(requestConceptSets(ctx, { patternId: waiting.id })).rejects.toMatchObject({
    code: "CONFLICT",
  });
  await work(await requestConceptSets(ctx, { patternId }));

  const { set, cells } = await pairBoard(ctx, patternId);
  expect(set).toMatchObject({ number: 1, model: "scripted" });
  expect(cells.map((row) => row.length)).toEqual(Array(20).fill(20));
  expect(
    await db.select().from(conceptSets).where(eq(conceptSets.patternId, patternId)),
  ).toHaveLength(1);
});
