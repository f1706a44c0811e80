import { eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { generatorRevisions } from "@/db/schema";
import { conceptKey } from "@/server/mining/domain/concept";
import { lexicon } from "@/server/mining/domain/offline/lexicon";
import { findTestedRevision } from "@/server/project/find-tested-revision";

const SHOWN = 8;
const SIMULATOR = "sketch";
const KNOWN = new Set(
  lexicon.families.flatMap(({ a, b }) => [...a, ...b].map(({ name }) => conceptKey(name))),
);

export type StrangeWords = { pairs: number; examples: string[]; generator: string };

/** Concepts that the simulator does not know, when it is the generator under test; null when it is not. */
export async function strangeWords(
  db: DbOrTx,
  projectId: string,
  lines: readonly { a: string | null; b: string | null }[],
): Promise<StrangeWords | null> {
  const tested = await findTestedRevision(db, projectId);
  if (!tested) return null;
  const [revision] = await db
    .select({ endpointName: generatorRevisions.endpointName })
    .from(generatorRevisions)
    .where(eq(generatorRevisions.id, tested.id));
  if (revision?.endpointName !== SIMULATOR) return null;
  const isStrange = (concept: string | null) => concept !== null && !KNOWN.has(conceptKey(concept));
  const concepts = new Set(lines.flatMap(({ a, b }) => [a, b].filter(isStrange)));
  const examples = [...concepts].slice(0, SHOWN).map(String);
  const pairs = lines.filter(({ a, b }) => isStrange(a) || isStrange(b)).length;
  return pairs > 0 ? { pairs, examples, generator: tested.generator } : null;
}
