import { type AnyColumn, type SQL, sql } from "drizzle-orm";
import type { JobKind } from "./contracts";

/**
 * True for rows that a job still works on or will. A row and its job are committed together, so work
 * in progress without one is stranded: the job ran out of retries.
 */
export const hasLiveJob = (kind: JobKind, key: string, id: AnyColumn): SQL =>
  sql`exists (select 1 from pgboss.job where name = ${kind} and state < 'completed' and data ->> ${key} = ${id}::text)`;
