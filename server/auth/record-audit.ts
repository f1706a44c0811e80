import { desc, sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { auditEvents } from "@/db/schema";
import { AUDIT_START, auditHash } from "./audit-hash";

export type AuditEntry = {
  /** Null when nobody is signed in, as at the command line. */
  actorId: string | null;
  projectId?: string;
  /** `<thing>.<verb>`, as in "account.disable". */
  action: string;
  subject: string;
  before?: unknown;
  after?: unknown;
};

/**
 * Adds an event to the chain, in the transaction of the act itself. Call it last in there: from
 * here to the commit every other audited act waits.
 */
export async function recordAudit(tx: Tx, entry: AuditEntry): Promise<void> {
  // Two events on the same predecessor would fork the chain.
  await tx.execute(sql`select pg_advisory_xact_lock(7310847)`);
  const [last] = await tx
    .select({ hash: auditEvents.hash })
    .from(auditEvents)
    .orderBy(desc(auditEvents.number))
    .limit(1);
  const facts = {
    actorId: entry.actorId,
    projectId: entry.projectId ?? null,
    action: entry.action,
    subject: entry.subject,
    // As the column will give it back: no dates, no undefined.
    before: asJson(entry.before),
    after: asJson(entry.after),
    createdAt: new Date(),
  };
  const prevHash = last?.hash ?? AUDIT_START;
  await tx.insert(auditEvents).values({ ...facts, prevHash, hash: auditHash(prevHash, facts) });
}

const asJson = (value: unknown): unknown =>
  value === undefined ? null : JSON.parse(JSON.stringify(value));
