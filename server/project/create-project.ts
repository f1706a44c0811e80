import type { ViewerContext } from "@/server/trpc/context";
import { insertProject } from "./insert-project";
import type { CreateProject } from "./schemas";

export async function createProject(
  { db, viewer }: ViewerContext,
  { name }: CreateProject,
): Promise<{ slug: string }> {
  const { slug } = await db.transaction((tx) =>
    insertProject(tx, { accountId: viewer.accountId, name }),
  );
  return { slug };
}
