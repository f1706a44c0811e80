import { sql } from "drizzle-orm";
import { bigint, check, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { at, createdAt, id, ref, sha256Column } from "../columns";
import { accounts } from "./people";
import { exportState } from "./pg-enums";
import { projectId } from "./project-id";

// Instance-wide settings an admin may change (the LLM's address, say), one row a name.
export const settings = pgTable("setting", {
  name: text("name").primaryKey(),
  value: jsonb("value").notNull(),
  updatedBy: ref("updated_by").references(() => accounts.id),
  updatedAt: at("updated_at").notNull().defaultNow(),
});

// A process says that it lives; health is read from the age of the newest row.
export const heartbeats = pgTable("heartbeat", {
  process: text("process").primaryKey(),
  kind: text("kind").notNull(),
  seenAt: at("seen_at").notNull().defaultNow(),
});

export const exportsTable = pgTable(
  "export",
  {
    id: id(),
    projectId: projectId(),
    requestedBy: ref("requested_by").references(() => accounts.id),
    state: exportState("state").notNull().default("queued"),
    done: integer("done").notNull().default(0),
    total: integer("total").notNull().default(0),
    reason: text("reason"),
    sha256: sha256Column("sha256"),
    bytes: bigint("bytes", { mode: "number" }),
    createdAt: createdAt(),
    finishedAt: at("finished_at"),
  },
  (t) => [
    index("export_project_idx").on(t.projectId, t.createdAt),
    check("export_done_has_file", sql`${t.state} <> 'done' or ${t.sha256} is not null`),
  ],
);
