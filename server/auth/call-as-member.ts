import type { MemberContext } from "@/server/trpc/context";
import type { MemberCall } from "./member-call";

/** By itself, for a caller who is known to be a member: one wait, because the driver keeps the statement prepared. */
export async function callAsMember<Answer>(
  { db, viewer, member }: MemberContext,
  call: MemberCall<Answer>,
): Promise<Answer> {
  const sql = db.$client;
  const who = { projectId: member.projectId, accountId: viewer.accountId };
  const [row] = await sql<{ answer: Answer }[]>`select ${call(sql, who)} as answer`;
  if (!row) throw new Error("A statement that always has one row had none");
  return row.answer;
}
