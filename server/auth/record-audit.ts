import { desc, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { auditEvents } from "@/db/schema";
import { sha256 } from "@/server/core/secret";

export type AuditEntry = {
  actorId: string | null;
  projectId?: string;
  action: string;
  subject: string;
  before?: unknown;
  after?: unknown;
};

const CHAIN_LOCK = 7310847;
const FIRST_HASH = "0".repeat(64);

/** Appends to the audit log in the caller's transaction; each row's hash covers the one before it. */
export async function recordAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${CHAIN_LOCK})`);
  const [last] = await tx
    .select({ hash: auditEvents.hash })
    .from(auditEvents)
    .orderBy(desc(auditEvents.number))
    .limit(1);
  const prevHash = last?.hash ?? FIRST_HASH;
  const hash = sha256(JSON.stringify([prevHash, entry]));
  await tx.insert(auditEvents).values({ ...entry, prevHash, hash });
}
