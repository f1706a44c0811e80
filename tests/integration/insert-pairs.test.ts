import { and, asc, eq } from "drizzle-orm";
import { beforeAll, expect, test } from "vitest";
import type { DbHandle } from "@/db/client";
import { concepts, pairs } from "@/db/schema";
import { addMissingConcepts } from "@/server/mining/add-missing-concepts";
import { addPairs } from "@/server/mining/add-pairs";
import { editPair } from "@/server/mining/edit-pair";
import { insertPairs, type NewPair } from "@/server/mining/insert-pairs";
import type { MemberContext } from "@/server/trpc/context";
import { makeMember } from "../support/make/member";
import { makePattern } from "../support/make/pattern";
import { testDatabase } from "../support/test-database";

let db: DbHandle["db"];

beforeAll(async () => {
  ({ db } = await testDatabase());
});

async function inProject() {
  const ctx = await makeMember(db);
  const { projectId } = ctx.member;
  const pattern = await makePattern(db, ctx.member);
  const pair = (a: string, b: string, state: "accepted" | "proposed" = "proposed"): NewPair => ({
    projectId,
    patternId: pattern.id,
    phase: 1,
    origin: "llm",
    state,
    a,
    b,
  });
  return { ctx, projectId, pattern, pair };
}

const knownTo = async ({ member }: Pick<MemberContext, "member">) =>
  db
    .select({ key: concepts.key, text: concepts.text })
    .from(concepts)
    .where(eq(concepts.projectId, member.projectId))
    .orderBy(asc(concepts.key));

test("pairs bring their concepts, once each, and an accepted one waits for its prompts", async () => {
  const { ctx, pair } = await inProject();
  const added = [pair("a Tea-Cup", "iced  coke", "accepted"), pair("teacups", "beer")];
  const ids = await db.transaction((tx) => insertPairs(tx, added));

  expect(await knownTo(ctx)).toEqual([
    { key: "beer", text: "beer" },
    { key: "icedcoke", text: "iced coke" },
    { key: "teacup", text: "tea cup" },
  ]);
  const rows = await Promise.all(
    ids.map(async (id) => (await db.select().from(pairs).where(eq(pairs.id, id)))[0]),
  );
  expect(rows).toMatchObject([
    { conceptB: "iced coke", key: "icedcoke|teacup", state: "accepted", stage: "prompts" },
    { conceptB: "beer", state: "proposed", stage: null },
  ]);
});

test("thousands keep their order", async () => {
  const { pair } = await inProject();
  const added = Array.from({ length: 2345 }, (_, index) => pair(`cup ${index}`, `hat ${index}`));
  const ids = await db.transaction((tx) => insertPairs(tx, added));

  expect(ids).toHaveLength(2345);
  const [last] = await db.select().from(pairs).where(eq(pairs.id, ids[2344]!));
  expect(last).toMatchObject({ conceptA: "cup 2344" });
});

test("one pair that is there already refuses them all", async () => {
  const { ctx, projectId, pair } = await inProject();
  await db.transaction((tx) => insertPairs(tx, [pair("milk", "vase")]));
  const before = await knownTo(ctx);

  await expect(
    db.transaction((tx) => insertPairs(tx, [pair("juice", "vase"), pair("vases", "milk")])),
  ).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await knownTo(ctx)).toEqual(before);
  expect(await db.$count(pairs, eq(pairs.projectId, projectId))).toBe(1);
});

test("an edit makes its new words known", async () => {
  const { ctx, pair } = await inProject();
  const [pairId] = await db.transaction((tx) => insertPairs(tx, [pair("whale", "bathtub")]));
  await editPair(ctx, { pairId: pairId!, a: "whale", b: "kitchen sinks", latent: null });

  expect(await knownTo(ctx)).toContainEqual({ key: "kitchensink", text: "kitchen sink" });
});

test("a project from before concepts were kept gets them at the start, and a second start adds none", async () => {
  const { ctx, pattern } = await inProject();
  await addPairs(ctx, {
    patternId: pattern.id,
    pairs: [{ a: "owl", b: "umbrella", latent: null }],
  });
  const complete = await knownTo(ctx);
  const mine = eq(concepts.projectId, ctx.member.projectId);
  await db.delete(concepts).where(mine);

  await addMissingConcepts(db);
  expect(await knownTo(ctx)).toEqual(complete);
  await db.delete(concepts).where(and(mine, eq(concepts.key, "owl")));
  await addMissingConcepts(db);
  expect(await knownTo(ctx)).toHaveLength(1);
});
