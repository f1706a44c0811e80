import { sql } from "drizzle-orm";
import { bigint, check, index, integer, jsonb, pgTable, text } from "drizzle-orm/pg-core";
import { at, createdAt, id, ref, sha256Column } from "../columns";
import { accounts } from "./people";
import { importState } from "./pg-enums";
import { projectId } from "./project-id";

// A file that somebody brings in. It lies under TEACUP_HOME until the import ends, then it goes.
export const imports = pgTable(
  "import",
  {
    id: id(),
    projectId: projectId(),
    requestedBy: ref("requested_by").references(() => accounts.id),
    // What the file was called where it came from; stands as the source of what it reports.
    fileName: text("file_name").notNull(),
    sha256: sha256Column("sha256").notNull(),
    bytes: bigint("bytes", { mode: "number" }).notNull(),
    state: importState("state").notNull().default("uploaded"),
    // {options, expected}: what a person confirmed after the preview (server/import/schemas.ts).
    confirmed: jsonb("confirmed"),
    done: integer("done").notNull().default(0),
    total: integer("total").notNull().default(0),
    reason: text("reason"),
    // What came in, by kind.
    result: jsonb("result"),
    createdAt: createdAt(),
    startedAt: at("started_at"),
    finishedAt: at("finished_at"),
  },
  (t) => [
    index("import_project_idx").on(t.projectId, t.id),
    check("import_failed_has_reason", sql`${t.state} <> 'failed' or ${t.reason} is not null`),
    check(
      "import_begun_was_confirmed",
      sql`${t.state} in ('uploaded', 'cancelled') or ${t.confirmed} is not null`,
    ),
  ],
);
