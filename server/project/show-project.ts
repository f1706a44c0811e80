import { eq } from "drizzle-orm";
import { projects } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { countToReview } from "./count-waiting";
import { ProjectSettings } from "./schemas";

/** What every page of a project shows around its content. */
export async function showProject({ db, member }: MemberContext) {
  const [project] = await db
    .select({
      name: projects.name,
      archivedAt: projects.archivedAt,
      settings: projects.settings,
    })
    .from(projects)
    .where(eq(projects.id, member.projectId));
  if (!project) throw new Error(`Project ${member.projectId} is gone`);
  return {
    slug: member.slug,
    role: member.role,
    name: project.name,
    archived: project.archivedAt !== null,
    settings: ProjectSettings.parse(project.settings),
    toReview: await countToReview(db, member.projectId),
  };
}
export type ShownProject = Awaited<ReturnType<typeof showProject>>;
