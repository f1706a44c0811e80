import { and, desc, eq, inArray, isNull, or } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { guidance, type Pair } from "@/db/schema";
import type { Guided } from "./exchanges/contract";
import type { AskedWith } from "./inquiry-input/asked-with";

export type GuidanceInForce = {
  id: string;
  patternId: string | null;
  version: number;
  text: string;
};

/** The newest guidance of the project and of these patterns, the project's first; an empty text is none. */
export async function readGuidance(
  db: DbOrTx,
  { projectId, patternIds }: { projectId: string; patternIds: readonly string[] },
): Promise<GuidanceInForce[]> {
  const isOfPatterns =
    patternIds.length > 0 ? inArray(guidance.patternId, [...patternIds]) : undefined;
  const found = await db
    .selectDistinctOn([guidance.patternId], {
      id: guidance.id,
      patternId: guidance.patternId,
      version: guidance.version,
      text: guidance.text,
    })
    .from(guidance)
    .where(and(eq(guidance.projectId, projectId), or(isNull(guidance.patternId), isOfPatterns)))
    .orderBy(guidance.patternId, desc(guidance.version));
  return found
    .filter(({ text }) => text !== "")
    .sort((one, other) => Number(one.patternId !== null) - Number(other.patternId !== null));
}

export const guidanceTexts = (inForce: readonly GuidanceInForce[]): string[] =>
  inForce.map(({ text }) => text);
export const guidanceUsed = (inForce: readonly GuidanceInForce[]) =>
  inForce.map(({ id, patternId, version }) => ({ id, patternId, version }));

/** For a question about one pair: what goes into it, and what is kept of where that came from. */
export async function readPairGuidance(
  db: DbOrTx,
  { projectId, patternId }: Pick<Pair, "projectId" | "patternId">,
): Promise<Guided & Pick<AskedWith<unknown>, "used">> {
  const inForce = await readGuidance(db, { projectId, patternIds: [patternId] });
  return {
    guidance: guidanceTexts(inForce),
    used: { guidance: guidanceUsed(inForce), exemplarIds: [] },
  };
}
