import type { Db } from "@/db/client";
import { addExamplePatterns } from "@/server/mining/add-example-patterns";
import { createPattern } from "@/server/mining/create-pattern";
import { insertProject } from "@/server/project/insert-project";
import type { MemberContext } from "@/server/trpc/context";
import { makeMember } from "./member";

/**
 * The example a new user starts from, made as the product makes it, so that its log is whole. Without its pairs
 * it is one empty pattern that the offline proposer knows.
 */
export async function makeExampleProject(
  db: Db,
  { withPairs }: { withPairs: boolean },
): Promise<MemberContext> {
  const { viewer } = await makeMember(db);
  const { accountId } = viewer;
  const { id: projectId, slug } = await db.transaction(async (tx) => {
    const project = await insertProject(tx, { accountId, name: "Everyday objects" });
    if (withPairs) await addExamplePatterns(tx, { projectId: project.id, accountId });
    return project;
  });
  const ctx: MemberContext = { db, viewer, member: { projectId, slug, role: "owner" } };
  if (!withPairs)
    await createPattern(ctx, {
      name: "Beverage and Incorrect Container",
      definition: "A beverage in a container that it is never served in.",
      category: "lcmis",
    });
  return ctx;
}
