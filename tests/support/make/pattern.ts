import { randomUUID } from "node:crypto";
import type { Db } from "@/db/client";
import { type Pattern, patterns } from "@/db/schema";
import { nameKey } from "@/server/mining/domain/name-key";

/** An approved pattern; its name matches no family of the offline lexicon unless given. */
export async function makePattern(
  db: Db,
  {
    projectId,
    name = `Pattern ${randomUUID()}`,
    examples = [],
  }: { projectId: string; name?: string; examples?: object[] },
): Promise<Pattern> {
  const [pattern] = await db
    .insert(patterns)
    .values({ projectId, name, nameKey: nameKey(name), category: "lcmis", examples })
    .returning();
  return pattern!;
}
