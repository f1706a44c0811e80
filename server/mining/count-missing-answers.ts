import { count } from "drizzle-orm";
import { pairs } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { MOST_LACKING } from "./domain/inquiry-input";
import { lackAnswer } from "./lacks-answer";
import type { AskAboutPairs } from "./schemas";

/** Of how many pairs `requestMissingAnswers` would ask it; counted up to a limit. */
export async function countMissingAnswers(
  { db, member }: Pick<MemberContext, "db" | "member">,
  input: AskAboutPairs,
): Promise<{ lacking: number }> {
  const some = db
    .select({ id: pairs.id })
    .from(pairs)
    .where(lackAnswer(db, member.projectId, input))
    .limit(MOST_LACKING)
    .as("lacking");
  const [found] = await db.select({ lacking: count() }).from(some);
  return { lacking: found?.lacking ?? 0 };
}
