import { and, asc, eq, inArray } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { methodInputs } from "@/db/schema";

export type SaidOfPair = { order: unknown; descriptions: unknown };

/** The newest of each kind, pair by pair. */
export async function readMethodInputs(
  db: DbOrTx,
  projectId: string,
  pairIds: readonly string[],
): Promise<Map<string, SaidOfPair>> {
  const rows = await db
    .select({
      pairId: methodInputs.pairId,
      kind: methodInputs.kind,
      content: methodInputs.content,
    })
    .from(methodInputs)
    .where(and(eq(methodInputs.projectId, projectId), inArray(methodInputs.pairId, [...pairIds])))
    .orderBy(asc(methodInputs.number));
  const said = new Map<string, SaidOfPair>();
  for (const { pairId, kind, content } of rows) {
    const known = said.get(pairId) ?? { order: null, descriptions: null };
    said.set(
      pairId,
      kind === "moce_order" ? { ...known, order: content } : { ...known, descriptions: content },
    );
  }
  return said;
}
