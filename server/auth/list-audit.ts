import { desc, eq, lt, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import { accounts, auditEvents, projects } from "@/db/schema";
import type { ViewerContext } from "@/server/trpc/context";
import type { ListAudit } from "./schemas";

const PAGE = 50;
const subjects = alias(accounts, "subject_account");

/** Newest first; `next` is the number to go on from, null at the end. */
export async function listAudit({ db }: ViewerContext, { before }: ListAudit) {
  const rows = await db
    .select({
      number: auditEvents.number,
      action: auditEvents.action,
      // An account by its mail; anything else as it was written.
      subject: sql<string>`coalesce(${subjects.mail}, ${auditEvents.subject})`,
      before: auditEvents.before,
      after: auditEvents.after,
      createdAt: auditEvents.createdAt,
      actor: accounts.name,
      project: projects.name,
    })
    .from(auditEvents)
    .leftJoin(accounts, eq(accounts.id, auditEvents.actorId))
    .leftJoin(subjects, eq(sql`${subjects.id}::text`, auditEvents.subject))
    .leftJoin(projects, eq(projects.id, auditEvents.projectId))
    .where(before === undefined ? undefined : lt(auditEvents.number, before))
    .orderBy(desc(auditEvents.number))
    .limit(PAGE + 1);
  const events = rows.slice(0, PAGE);
  return { events, next: rows.length > PAGE ? (events.at(-1)?.number ?? null) : null };
}
