import { randomUUID } from "node:crypto";
import type { Db } from "@/db/client";
import { type Project, projects } from "@/db/schema";
import { addBudgets } from "@/server/budget/add-budgets";
import { addPhases } from "@/server/loop/add-phases";

/** A bare project as the database wants it: with its phases and budgets, without a generator. */
export async function makeProject(
  db: Db,
  values: Partial<typeof projects.$inferInsert> = {},
): Promise<Project> {
  return db.transaction(async (tx) => {
    const [project] = await tx
      .insert(projects)
      .values({ slug: `project-${randomUUID()}`, name: "Everyday objects", ...values })
      .returning();
    await addPhases(tx, project!.id);
    await addBudgets(tx, project!.id);
    return project!;
  });
}
