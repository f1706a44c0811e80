import { randomUUID } from "node:crypto";
import type { Db } from "@/db/client";
import {
  accounts,
  memberships,
  pairs,
  patterns,
  promptSetPrompts,
  promptSets,
  prompts,
} from "@/db/schema";
import { addDefaultGenerators } from "@/server/generation/add-default-generators";
import type { MemberContext } from "@/server/trpc/context";
import { makeProject } from "./project";

const PAIRS = [
  ["iced coke", "tea cup"],
  ["red wine", "coffee mug"],
  ["milk", "martini glass"],
  ["orange juice", "soup bowl"],
] as const;

/** A project whose accepted pairs each have five prompts: ready for a run. */
export async function makeProjectWithPairs(
  db: Db,
  count: number,
): Promise<{ ctx: MemberContext; projectId: string; pairIds: string[] }> {
  const mark = randomUUID();
  const [account] = await db
    .insert(accounts)
    .values({ name: "Mira", mail: `${mark}@example.org` })
    .returning();
  const { id: projectId } = await makeProject(db, { slug: mark });
  await db.insert(memberships).values({ projectId, accountId: account!.id, role: "owner" });
  await db.transaction((tx) => addDefaultGenerators(tx, projectId, "sketch"));
  const [pattern] = await db
    .insert(patterns)
    .values({ projectId, name: "Vessels", nameKey: "vessels", category: "lcmis" })
    .returning();
  const pairIds: string[] = [];
  for (let i = 0; i < count; i++) pairIds.push(await makeReadyPair(db, projectId, pattern!.id, i));
  const member = { projectId, slug: mark, role: "owner" as const };
  const viewer = { accountId: account!.id, name: "Mira", mail: account!.mail, isAdmin: false };
  return { ctx: { db, viewer, member }, projectId, pairIds };
}

/** One more accepted pair with its five prompts. */
export async function makeReadyPair(
  db: Db,
  projectId: string,
  patternId: string,
  i: number,
): Promise<string> {
  const [conceptA, conceptB] = PAIRS[i % PAIRS.length]!;
  const [pair] = await db
    .insert(pairs)
    .values({
      projectId,
      patternId,
      conceptA,
      conceptB,
      key: randomUUID(),
      phase: 1,
      origin: "human",
      state: "accepted",
      stage: "prompts",
    })
    .returning();
  await makePromptSet(db, pair!, 1);
  return pair!.id;
}

type Prompted = { id: string; projectId: string; conceptA: string; conceptB: string };

export async function makePromptSet(db: Db, pair: Prompted, number: number): Promise<void> {
  const { projectId, id: pairId } = pair;
  const [set] = await db.insert(promptSets).values({ projectId, pairId, number }).returning();
  for (let position = 1; position <= 5; position++) {
    const text = `A ${pair.conceptB} of ${pair.conceptA}, scene ${position} of set ${number}.`;
    const [prompt] = await db
      .insert(prompts)
      .values({ projectId, kind: "scene", pairId, text, author: "human" })
      .returning();
    await db
      .insert(promptSetPrompts)
      .values({ promptSetId: set!.id, position, promptId: prompt!.id });
  }
}
