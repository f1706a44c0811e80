import { and, eq, inArray, isNull } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { prompts, reportedLevels } from "@/db/schema";
import type { ImportItem } from "./domain/import-item";
import { reportKey } from "./domain/reported-level";

const AT_ONCE = 5000;

/** What is already reported of these pairs, by pair. */
export async function knownReports(
  db: DbOrTx,
  projectId: string,
  pairIds: readonly string[],
): Promise<Map<string, Set<string>>> {
  const known = new Map<string, Set<string>>();
  for (let at = 0; at < pairIds.length; at += AT_ONCE) {
    const rows = await db
      .select()
      .from(reportedLevels)
      .where(
        and(
          eq(reportedLevels.projectId, projectId),
          inArray(reportedLevels.pairId, pairIds.slice(at, at + AT_ONCE)),
        ),
      );
    for (const row of rows) {
      const of = known.get(row.pairId) ?? new Set<string>();
      known.set(row.pairId, of.add(reportKey(row)));
    }
  }
  return known;
}

/** Texts of the project's prompts without a pair, where the file brings such prompts. */
export async function knownPrompts(
  db: DbOrTx,
  projectId: string,
  items: readonly ImportItem[],
): Promise<Set<string>> {
  if (items.every(({ a }) => a !== null)) return new Set();
  const rows = await db
    .select({ text: prompts.text })
    .from(prompts)
    .where(and(eq(prompts.projectId, projectId), eq(prompts.kind, "free"), isNull(prompts.pairId)));
  return new Set(rows.map(({ text }) => text));
}
