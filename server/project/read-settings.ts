import { eq } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { projects } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { ProjectSettings } from "./schemas";

export async function readSettings(db: DbOrTx, projectId: string): Promise<ProjectSettings> {
  const [project] = await db
    .select({ settings: projects.settings })
    .from(projects)
    .where(eq(projects.id, projectId));
  if (!project) throw new AppError("NOT_FOUND", "No such project.");
  return ProjectSettings.parse(project.settings);
}
