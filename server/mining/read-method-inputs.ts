import { and, asc, eq, inArray } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import type { MethodInputKind } from "@/db/enums";
import { methodInputs } from "@/db/schema";

export type SaidOfPair = {
  order: unknown;
  descriptions: unknown;
  phrases: unknown;
  rewording: unknown;
};

const NOTHING: SaidOfPair = { order: null, descriptions: null, phrases: null, rewording: null };
const KEYS = {
  moce_order: "order",
  descriptions: "descriptions",
  phrases: "phrases",
  rewording: "rewording",
} as const satisfies Record<MethodInputKind, keyof SaidOfPair>;

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
    said.set(pairId, { ...(said.get(pairId) ?? NOTHING), [KEYS[kind]]: content });
  }
  return said;
}
