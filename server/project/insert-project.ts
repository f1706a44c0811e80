import type { Tx } from "@/db/client";
import { guidelines, memberships, projects } from "@/db/schema";
import { recordAudit } from "@/server/auth/record-audit";
import { addBudgets } from "@/server/budget/add-budgets";
import { defaultGenerators } from "@/server/core/env";
import { addDefaultGenerators } from "@/server/generation/add-default-generators";
import { addPhases } from "@/server/loop/add-phases";
import { DEFAULT_GUIDELINE } from "./domain/default-guideline";
import { slugCandidates } from "./domain/slug";
import { recordDecision } from "./record-decision";
import { ProjectSettings } from "./schemas";

export type NewProject = { id: string; slug: string };

/** A project with all that its first day needs: an owner, generators, seeds, a rating guideline. */
export async function insertProject(
  tx: Tx,
  { accountId, name }: { accountId: string; name: string },
): Promise<NewProject> {
  const project = await insertUnderFreeSlug(tx, name);
  await tx.insert(memberships).values({ projectId: project.id, accountId, role: "owner" });
  await tx
    .insert(guidelines)
    .values({ projectId: project.id, version: 1, text: DEFAULT_GUIDELINE, createdBy: accountId });
  await addDefaultGenerators(tx, project.id, defaultGenerators());
  await addPhases(tx, project.id);
  await addBudgets(tx, project.id);
  await recordDecision(tx, {
    projectId: project.id,
    actorId: accountId,
    action: "project.create",
    subjectId: project.id,
    // `log`: from here on the log holds all that a replay needs.
    payload: { name, slug: project.slug, log: 1 },
  });
  await recordAudit(tx, {
    actorId: accountId,
    projectId: project.id,
    action: "project.create",
    subject: project.slug,
    after: { name },
  });
  return project;
}

// The unique key decides, so two people who choose one name at once both get a project.
async function insertUnderFreeSlug(tx: Tx, name: string): Promise<NewProject> {
  const settings = ProjectSettings.parse({});
  for (const slug of slugCandidates(name)) {
    const [project] = await tx
      .insert(projects)
      .values({ slug, name, settings })
      .onConflictDoNothing()
      .returning({ id: projects.id, slug: projects.slug });
    if (project) return project;
  }
  throw new Error("No free address for the project");
}
