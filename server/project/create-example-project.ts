import { addExamplePatterns } from "@/server/mining/add-example-patterns";
import type { ViewerContext } from "@/server/trpc/context";
import { insertProject } from "./insert-project";

const NAME = "Everyday objects";

/** The example: two patterns with their pairs, ready to be rendered and rated. */
export async function createExampleProject({
  db,
  viewer,
}: ViewerContext): Promise<{ slug: string }> {
  return db.transaction(async (tx) => {
    const { id, slug } = await insertProject(tx, { accountId: viewer.accountId, name: NAME });
    await addExamplePatterns(tx, { projectId: id, accountId: viewer.accountId });
    return { slug };
  });
}
