import { jsonb, pgTable, text, unique } from "drizzle-orm/pg-core";
import { at, createdAt, id } from "../columns";

export const projects = pgTable(
  "project",
  {
    id: id(),
    // Part of every address; never changes.
    slug: text("slug").notNull(),
    name: text("name").notNull(),
    // {ratersPerGrid, protocolVersion}: read through server/project/schemas.ts only.
    settings: jsonb("settings").notNull().default({}),
    archivedAt: at("archived_at"),
    createdAt: createdAt(),
  },
  (t) => [unique("project_slug_key").on(t.slug)],
);
export type Project = typeof projects.$inferSelect;
