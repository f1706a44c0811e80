import { and, eq, ne } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { patterns } from "@/db/schema";
import { patternNameTaken } from "./create-pattern";
import { nameKey } from "./domain/name-key";

/** The caller holds the project: two people who choose one name for two patterns take turns. */
export async function refuseTakenName(
  tx: Tx,
  { projectId, patternId, name }: { projectId: string; patternId: string; name: string },
): Promise<void> {
  const [namesake] = await tx
    .select({ id: patterns.id })
    .from(patterns)
    .where(
      and(
        eq(patterns.projectId, projectId),
        eq(patterns.nameKey, nameKey(name)),
        ne(patterns.id, patternId),
      ),
    );
  if (namesake) throw patternNameTaken(name);
}
