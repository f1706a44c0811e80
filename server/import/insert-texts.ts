import type { Tx } from "@/db/client";
import { uuidv7 } from "@/db/columns";
import { insertMany } from "@/db/insert-many";
import { methodInputs, promptSetPrompts, promptSets, prompts } from "@/db/schema";
import type { PlannedLine } from "./domain/plan-texts";
import type { FoundImport } from "./find-import";
import type { LineOfPair } from "./insert-lines";

export type StoredSet = { id: string; pairId: string; number: number; texts: string[] };
export type StoredTexts = { sets: StoredSet[] };

type Texts = { added: readonly LineOfPair[]; prompts: readonly PlannedLine[] };

/** Prompt sets, prompts that are only kept, and inputs of methods: many at once, with ids made here. */
export async function insertTexts(
  tx: Tx,
  { projectId, requestedBy }: FoundImport,
  { added, prompts: alone }: Texts,
): Promise<StoredTexts> {
  const common = { projectId, author: "human", createdBy: requestedBy } as const;
  const sets = added.flatMap(({ line, pairId }) =>
    line.sets.map((texts, at) => ({ id: uuidv7(), pairId, number: at + 1, texts })),
  );
  const members = sets.flatMap((set) =>
    set.texts.map((text, at) => ({ ...set, text, promptId: uuidv7(), position: at + 1 })),
  );
  const free = [
    ...added.flatMap(({ line, pairId }) => line.free.map((text) => ({ pairId, text }))),
    ...alone.flatMap(({ free: texts }) => texts.map((text) => ({ pairId: null, text }))),
  ];
  await insertMany(tx, prompts, [
    ...members.map(({ promptId: id, pairId, text }) => ({
      ...common,
      id,
      pairId,
      text,
      kind: "scene" as const,
    })),
    ...free.map((prompt) => ({ ...common, ...prompt, kind: "free" as const })),
  ]);
  await insertMany(
    tx,
    promptSets,
    sets.map(({ id, pairId, number }) => ({ id, projectId, pairId, number })),
  );
  await insertMany(
    tx,
    promptSetPrompts,
    members.map(({ id: promptSetId, position, promptId }) => ({ promptSetId, position, promptId })),
  );
  await insertMethodInputs(tx, { projectId, requestedBy }, added);
  return { sets };
}

/** Somebody wrote them for their own method: a person's words, whatever they were written with. */
async function insertMethodInputs(
  tx: Tx,
  { projectId, requestedBy }: Pick<FoundImport, "projectId" | "requestedBy">,
  added: readonly LineOfPair[],
): Promise<void> {
  const rows = added.flatMap(({ line, pairId }) =>
    line.methodInputs.map(({ kind, content }) => ({
      projectId,
      pairId,
      kind,
      content,
      number: 1,
      source: "human" as const,
      createdBy: requestedBy,
    })),
  );
  await insertMany(tx, methodInputs, rows);
}
