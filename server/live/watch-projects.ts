import { and, eq, inArray, isNull } from "drizzle-orm";
import { accounts, memberships, projects } from "@/db/schema";
import type { ViewerContext } from "@/server/trpc/context";
import { listen } from "./hub";
import type { LiveEvent } from "./live";

/** `resync`: something may have been missed, read the screen anew. */
export type SeenEvent = { project: string; topic: LiveEvent["topic"]; id: string } | "resync";

/** What changes in the projects this person researches, for as long as they may see it. */
export async function* watchProjects(
  ctx: ViewerContext,
  signal: AbortSignal,
): AsyncGenerator<SeenEvent> {
  const version = await sessionVersion(ctx);
  let slugs = await slugsOf(ctx);
  // Asked about once and not ours: the busy projects of others must not cost a query an event.
  const foreign = new Set<string>();
  yield "resync";
  for await (const event of listen(ctx.db, signal)) {
    if (event === "tick") {
      if (version === null || (await sessionVersion(ctx)) !== version) return;
      slugs = await slugsOf(ctx);
      foreign.clear();
      continue;
    }
    if (event === "resync") {
      yield event;
      continue;
    }
    // A project made after the stream was opened.
    if (!slugs.has(event.projectId) && !foreign.has(event.projectId)) slugs = await slugsOf(ctx);
    const project = slugs.get(event.projectId);
    if (project) yield { project, topic: event.topic, id: event.id };
    else foreign.add(event.projectId);
  }
}

/** Null when the account is gone or shut: its session ended. */
async function sessionVersion({ db, viewer }: ViewerContext): Promise<number | null> {
  const [account] = await db
    .select({ version: accounts.sessionVersion })
    .from(accounts)
    .where(and(eq(accounts.id, viewer.accountId), isNull(accounts.disabledAt)));
  return account?.version ?? null;
}

async function slugsOf({ db, viewer }: ViewerContext): Promise<Map<string, string>> {
  const rows = await db
    .select({ id: projects.id, slug: projects.slug })
    .from(memberships)
    .innerJoin(projects, eq(projects.id, memberships.projectId))
    .where(
      and(
        eq(memberships.accountId, viewer.accountId),
        inArray(memberships.role, ["owner", "researcher"]),
      ),
    );
  return new Map(rows.map((row) => [row.id, row.slug]));
}
