import { randomUUID } from "node:crypto";
import type { Db } from "@/db/client";
import { type Project, projects } from "@/db/schema";

export async function makeProject(
  db: Db,
  values: Partial<typeof projects.$inferInsert> = {},
): Promise<Project> {
  const [project] = await db
    .insert(projects)
    .values({ slug: `project-${randomUUID()}`, name: "Everyday objects", ...values })
    .returning();
  return project!;
}
