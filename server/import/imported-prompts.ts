import { and, asc, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { promptSetPrompts, promptSets, prompts } from "@/db/schema";
import { insertPromptSet } from "@/server/mining/insert-prompt-set";
import { recordDecision } from "@/server/project/record-decision";
import type { FoundImport } from "./find-import";

type Of = Pick<FoundImport, "projectId" | "requestedBy">;
type PromptSet = { id: string; promptIds: string[] };

/** The pair's prompt set with just these words, or its next one. */
export async function findOrAddSet(
  tx: Tx,
  { projectId, requestedBy }: Of,
  pairId: string,
  texts: string[],
): Promise<PromptSet> {
  const found = await findSet(tx, projectId, pairId, texts);
  if (found) return found;
  const createdBy = requestedBy ? { createdBy: requestedBy } : {};
  const promptSetId = await insertPromptSet(tx, {
    projectId,
    pairId,
    texts,
    author: "human",
    ...createdBy,
  });
  await recordDecision(tx, {
    projectId,
    actorId: requestedBy,
    action: "prompts.save",
    subjectId: pairId,
    payload: { promptSetId, texts },
  });
  const made = await findSet(tx, projectId, pairId, texts);
  if (!made) throw new Error("The prompt set was not stored");
  return made;
}

async function findSet(
  tx: Tx,
  projectId: string,
  pairId: string,
  texts: readonly string[],
): Promise<PromptSet | null> {
  const rows = await tx
    .select({ id: promptSets.id, promptId: prompts.id, text: prompts.text })
    .from(promptSets)
    .innerJoin(promptSetPrompts, eq(promptSetPrompts.promptSetId, promptSets.id))
    .innerJoin(prompts, eq(prompts.id, promptSetPrompts.promptId))
    .where(and(eq(promptSets.projectId, projectId), eq(promptSets.pairId, pairId)))
    .orderBy(asc(promptSets.number), asc(promptSetPrompts.position));
  const isSame = (members: readonly { text: string }[]) =>
    members.length === texts.length && members.every(({ text }, at) => text === texts[at]);
  const same = [...Map.groupBy(rows, ({ id }) => id)].find(([, members]) => isSame(members));
  return same ? { id: same[0], promptIds: same[1].map(({ promptId }) => promptId) } : null;
}

/** The pair's own prompt with these words, or a new one that stands alone until a set takes it. */
export async function findOrAddPrompt(
  tx: Tx,
  { projectId, requestedBy }: FoundImport,
  pairId: string,
  text: string,
): Promise<string> {
  const [known] = await tx
    .select({ id: prompts.id })
    .from(prompts)
    .where(
      and(eq(prompts.projectId, projectId), eq(prompts.pairId, pairId), eq(prompts.text, text)),
    )
    .orderBy(prompts.id)
    .limit(1);
  if (known) return known.id;
  const [made] = await tx
    .insert(prompts)
    .values({ projectId, pairId, text, kind: "free", author: "human", createdBy: requestedBy })
    .returning({ id: prompts.id });
  if (!made) throw new Error("The prompt was not stored");
  return made.id;
}
