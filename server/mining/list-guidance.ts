import { and, desc, eq, isNull } from "drizzle-orm";
import { accounts, guidance } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import type { GuidanceOf } from "./domain/steering-input";

const SHOWN = 20;
export type GuidanceVersion = Awaited<ReturnType<typeof listGuidance>>[number];

/** The last versions of the project's or a pattern's guidance, the one in force first. */
export function listGuidance(
  { db, member }: Pick<MemberContext, "db" | "member">,
  { patternId }: GuidanceOf,
) {
  return db
    .select({
      id: guidance.id,
      version: guidance.version,
      text: guidance.text,
      by: accounts.name,
      createdAt: guidance.createdAt,
    })
    .from(guidance)
    .leftJoin(accounts, eq(accounts.id, guidance.createdBy))
    .where(
      and(
        eq(guidance.projectId, member.projectId),
        patternId ? eq(guidance.patternId, patternId) : isNull(guidance.patternId),
      ),
    )
    .orderBy(desc(guidance.version))
    .limit(SHOWN);
}
