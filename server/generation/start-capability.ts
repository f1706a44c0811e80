import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { pairs, prompts, quickLooks, renders } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { conceptKey, tidyConcept } from "@/server/mining/domain/concept";
import { lockProject } from "@/server/mining/lock-project";
import type { MemberContext } from "@/server/trpc/context";
import { conceptPrompt } from "./domain/look-prompts";
import { insertLooks, type LookScope, type Subject } from "./insert-looks";
import { findRevision } from "./run-settings";
import type { StartCapability } from "./schemas";
import type { StartedLooks } from "./start-precheck";

/** Has each concept drawn alone, 20 images: can this generator draw it at all? Asked once for a revision. */
export async function startCapability(
  { db, viewer, member }: MemberContext,
  { pairIds, concepts, generatorRevisionId }: StartCapability,
): Promise<StartedLooks> {
  const scope = { projectId: member.projectId, actorId: viewer.accountId };
  return db.transaction(async (tx) => {
    await lockProject(tx, scope.projectId);
    const revision = await findRevision(tx, scope.projectId, generatorRevisionId);
    const asked = [...concepts, ...(await conceptsOf(tx, scope, pairIds))].map(tidyConcept);
    const byKey = new Map(asked.map((concept) => [conceptKey(concept), concept]));
    if (byKey.has("")) throw new AppError("INVALID", "A concept needs a letter or a digit.");
    const known = await knownLooks(tx, scope, [...byKey.keys()]);
    const isMissing = (key: string) =>
      !known.some((look) => look.key === key && look.revisionId === revision.id && look.stands);
    const missing = [...byKey].filter(([key]) => isMissing(key));
    if (missing.length === 0) return { number: null, added: 0 };
    const subjects = await subjectsOf(tx, scope.projectId, missing, known);
    const { number } = await insertLooks(tx, scope, "capability", revision, subjects);
    return { number, added: subjects.length };
  });
}

async function conceptsOf(tx: Tx, { projectId }: LookScope, pairIds: readonly string[]) {
  if (pairIds.length === 0) return [];
  const found = await tx
    .select({ a: pairs.conceptA, b: pairs.conceptB })
    .from(pairs)
    .where(and(eq(pairs.projectId, projectId), inArray(pairs.id, [...pairIds])));
  if (found.length < new Set(pairIds).size) throw new AppError("NOT_FOUND", "No such pair.");
  return found.flatMap(({ a, b }) => [a, b]);
}

type Known = Awaited<ReturnType<typeof knownLooks>>[number];

/** Looks at these concepts for any revision: they say which are cached, and hold the prompts. */
async function knownLooks(tx: Tx, { projectId }: LookScope, keys: readonly string[]) {
  const rows = await tx
    .select({
      key: quickLooks.conceptKey,
      concept: quickLooks.concept,
      revisionId: quickLooks.generatorRevisionId,
      state: quickLooks.state,
      promptId: prompts.id,
      prompt: prompts.text,
    })
    .from(quickLooks)
    .innerJoin(renders, eq(renders.id, quickLooks.renderId))
    .innerJoin(prompts, eq(prompts.id, renders.promptId))
    .where(and(eq(quickLooks.projectId, projectId), inArray(quickLooks.conceptKey, [...keys])));
  return rows.map((row) => ({ ...row, stands: !["failed", "cancelled"].includes(row.state) }));
}

/** A concept is drawn by the words and the prompt with which it was first drawn. */
async function subjectsOf(
  tx: Tx,
  projectId: string,
  missing: readonly [key: string, concept: string][],
  known: readonly Known[],
): Promise<Subject[]> {
  const subjects: Subject[] = [];
  for (const [key, asked] of missing) {
    const before = known.find((look) => look.key === key);
    const concept = before?.concept ?? asked;
    const prompt = before
      ? { id: before.promptId, text: before.prompt }
      : await writePrompt(tx, projectId, concept);
    const of = { pairId: null, conceptKey: key, concept };
    subjects.push({ ...of, promptId: prompt.id, prompt: prompt.text, concepts: [concept] });
  }
  return subjects;
}

async function writePrompt(tx: Tx, projectId: string, concept: string) {
  const text = conceptPrompt(concept);
  const [prompt] = await tx
    .insert(prompts)
    .values({ projectId, kind: "concept", text, author: "human" })
    .returning({ id: prompts.id, text: prompts.text });
  if (!prompt) throw new Error("The concept's prompt was not written");
  return prompt;
}
