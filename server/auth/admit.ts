import type { Db } from "@/db/client";
import type { ProjectRole } from "@/db/enums";
import type { MemberCall } from "./member-call";
import type { Member, Viewer } from "./viewer";

/** A cookie's word, which is checked here; or an account that was found before. */
export type Asker = { accountId: string; sessionVersion?: number };

/** `inside`: what they are in the project, and what was called for them there. */
export type Admitted<Answer> = {
  viewer: Viewer;
  inside: { member: Member; answer: Answer } | null;
};

/**
 * Who asks, what they are in the project, and the answer to their call, all in one wait. Nothing is called for
 * a stranger. Null once the account is disabled or its session version has moved on.
 */
export async function admit<Answer>(
  { $client: sql }: Db,
  { accountId, sessionVersion }: Asker,
  slug: string,
  call: MemberCall<Answer>,
): Promise<Admitted<Answer> | null> {
  const isCurrent =
    sessionVersion === undefined
      ? sql`true`
      : sql`a.session_version = ${sessionVersion} and not a.is_simulated and a.disabled_at is null`;
  const [row] = await sql<Found<Answer>[]>`
    select a.name, a.mail, a.is_admin, p.id as project_id, m.role,
      case when m.role is not null then ${call(sql, { projectId: sql`p.id`, accountId: sql`a.id` })} end as answer
    from account a
      left join (membership m join project p on p.id = m.project_id and p.slug = ${slug}) on m.account_id = a.id
    where a.id = ${accountId} and ${isCurrent}`;
  if (!row) return null;
  const { name, mail, is_admin: isAdmin, answer } = row;
  return {
    viewer: { accountId, name, mail, isAdmin },
    inside: row.role && {
      member: { projectId: row.project_id, slug, role: row.role },
      answer,
    },
  };
}

type Found<Answer> = {
  name: string;
  mail: string;
  is_admin: boolean;
  answer: Answer;
  project_id: string;
  role: ProjectRole | null;
};
