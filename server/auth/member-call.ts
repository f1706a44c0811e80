import type { PendingQuery, Row, Sql } from "postgres";

type Fragment = PendingQuery<Row[]>;

/** Known already, or columns of the statement that finds out who asks. */
export type Caller = { projectId: string | Fragment; accountId: string | Fragment };

/** A database function called for a member of a project: alone, or in the statement that admits them. */
export type MemberCall<Answer> = {
  (sql: Sql, who: Caller): Fragment;
  /** Only for the compiler: what the function answers. */
  answer?: Answer;
};
