import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { projects } from "@/db/schema";

/** Writers of pairs take turns: a twin that another one is adding must be seen. Readers go on. */
export async function lockProject(tx: Tx, projectId: string): Promise<void> {
  await tx
    .select({ id: projects.id })
    .from(projects)
    .where(eq(projects.id, projectId))
    .for("no key update");
}
