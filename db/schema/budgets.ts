import { sql } from "drizzle-orm";
import { bigint, check, index, pgTable, primaryKey, text, unique } from "drizzle-orm/pg-core";
import { at, createdAt, id } from "../columns";
import { budgetKind } from "./pg-enums";
import { projectId } from "./project-id";

// What a project may use of each kind; null is no limit. Reserving locks this row, and a trigger
// refuses a reservation that would pass the limit.
export const budgets = pgTable(
  "budget",
  {
    projectId: projectId(),
    kind: budgetKind("kind").notNull(),
    limit: bigint("limit", { mode: "number" }),
    reserved: bigint("reserved", { mode: "number" }).notNull().default(0),
    settled: bigint("settled", { mode: "number" }).notNull().default(0),
  },
  (t) => [
    primaryKey({ columns: [t.projectId, t.kind] }),
    check("budget_counts", sql`${t.reserved} >= 0 and ${t.settled} >= 0`),
  ],
);

// One spending: reserved before it happens, settled when its cost is known, released (settled 0) when it did not happen.
export const budgetEntries = pgTable(
  "budget_entry",
  {
    id: id(),
    projectId: projectId(),
    kind: budgetKind("kind").notNull(),
    // The exchange, render attempt or sitting that it pays for.
    subject: text("subject").notNull(),
    reserved: bigint("reserved", { mode: "number" }).notNull(),
    settled: bigint("settled", { mode: "number" }),
    createdAt: createdAt(),
    settledAt: at("settled_at"),
  },
  (t) => [
    unique("budget_entry_subject_key").on(t.kind, t.subject),
    index("budget_entry_project_idx").on(t.projectId, t.kind, t.id),
    check("budget_entry_counts", sql`${t.reserved} >= 0 and ${t.settled} >= 0`),
  ],
);
