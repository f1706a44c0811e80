import { asc, gt } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { auditEvents } from "@/db/schema";
import { AUDIT_START, auditHash } from "./audit-hash";

const PAGE = 1000;

export type AuditState =
  | { isWhole: true; events: number; lastHash: string }
  | { isWhole: false; brokenAt: number };

/** Walks the chain from its start; `brokenAt` is the first event that does not follow. */
export async function verifyAudit({ db }: { db: DbOrTx }): Promise<AuditState> {
  let lastHash = AUDIT_START;
  let lastNumber = 0;
  let events = 0;
  while (true) {
    const page = await db
      .select()
      .from(auditEvents)
      .where(gt(auditEvents.number, lastNumber))
      .orderBy(asc(auditEvents.number))
      .limit(PAGE);
    for (const event of page) {
      const follows = event.prevHash === lastHash && event.hash === auditHash(lastHash, event);
      if (!follows) return { isWhole: false, brokenAt: event.number };
      lastHash = event.hash;
      lastNumber = event.number;
    }
    events += page.length;
    if (page.length < PAGE) return { isWhole: true, events, lastHash };
  }
}
