import { eq, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { patterns } from "@/db/schema";
import { nameKey } from "@/server/mining/domain/name-key";
import { findPattern } from "@/server/mining/find-pattern";
import { type NamedPattern, namedPattern } from "./domain/import-item";
import type { ImportOptions } from "./schemas";

export type KnownPatterns = {
  ids: ReadonlyMap<string, string>;
  names: ReadonlyMap<string, string>;
  /** Why pairs cannot go into some of them. */
  closed: ReadonlyMap<string, string>;
  /** For rows that name none. */
  fallback: NamedPattern | null;
};

/** The project's patterns by key, and the one a person chose for rows without. */
export async function findPatterns(
  db: DbOrTx,
  projectId: string,
  { patternId, patternName }: ImportOptions,
): Promise<KnownPatterns> {
  const known = await db
    .select({
      // A merged one stands in another's name.
      id: sql<string>`coalesce(${patterns.mergedIntoId}, ${patterns.id})`,
      name: patterns.name,
      nameKey: patterns.nameKey,
      state: patterns.state,
    })
    .from(patterns)
    .where(eq(patterns.projectId, projectId));
  const chosen = patternId ? (await findPattern(db, { projectId, patternId })).name : patternName;
  return {
    ids: new Map(known.map((pattern) => [pattern.nameKey, pattern.id])),
    names: new Map(known.map((pattern) => [pattern.nameKey, pattern.name])),
    closed: new Map(
      known
        .filter(({ state }) => state === "proposed" || state === "rejected")
        .map(({ name, nameKey: key, state }) => [
          key,
          `The pattern ${name} is ${state === "proposed" ? "not approved yet" : "rejected"}`,
        ]),
    ),
    fallback: chosen && nameKey(chosen) ? namedPattern(chosen) : null,
  };
}
