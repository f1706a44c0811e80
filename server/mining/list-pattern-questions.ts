import { and, desc, eq, inArray, isNull, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { exchanges, inquiries, patterns } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";

const others = alias(patterns, "other");
const ABOUT_PATTERNS = [
  "name_patterns",
  "propose_patterns",
  "concept_sets",
  "merge_patterns",
] as const;

export type PatternQuestion = Awaited<ReturnType<typeof listPatternQuestions>>[number];

/** Questions about patterns that the LLM works on, or that wait for a person, newest first. */
export async function listPatternQuestions({ db, member }: Pick<MemberContext, "db" | "member">) {
  const rows = await db
    .select({
      id: inquiries.id,
      purpose: inquiries.purpose,
      state: inquiries.state,
      reason: inquiries.reason,
      patternId: inquiries.patternId,
      pattern: patterns.name,
      other: others.name,
      exchangeId: sql<string | null>`(select ${exchanges.id} from ${exchanges}
        where ${exchanges.inquiryId} = ${inquiries.id} order by ${exchanges.id} desc limit 1)`,
    })
    .from(inquiries)
    .leftJoin(patterns, eq(patterns.id, inquiries.patternId))
    .leftJoin(others, eq(others.id, inquiries.otherPatternId))
    .where(
      and(
        eq(inquiries.projectId, member.projectId),
        inArray(inquiries.purpose, [...ABOUT_PATTERNS]),
        inArray(inquiries.state, ["queued", "running", "waiting"]),
        isNull(inquiries.rerunsId),
      ),
    )
    .orderBy(desc(inquiries.id))
    .limit(20);
  return rows.map(({ purpose, ...row }) => ({
    ...row,
    purpose: purpose as (typeof ABOUT_PATTERNS)[number],
  }));
}
