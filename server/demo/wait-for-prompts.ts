import { setTimeout as wait } from "node:timers/promises";
import { and, eq, inArray } from "drizzle-orm";
import { pairs } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { patiently } from "./patiently";
import type { Report } from "./progress";

const POLL_MS = 250;

/** The pairs whose prompts were written; those that wait for a person are left to one. */
export async function waitForPrompts(
  { db, member }: MemberContext,
  pairIds: readonly string[],
  report: Report,
): Promise<{ ready: string[]; waiting: number }> {
  for (;;) {
    const found = await patiently(() =>
      db
        .select({ id: pairs.id, state: pairs.promptsState })
        .from(pairs)
        .where(and(eq(pairs.projectId, member.projectId), inArray(pairs.id, [...pairIds]))),
    );
    const ready = found.filter((pair) => pair.state === "done").map((pair) => pair.id);
    const open = found.filter((pair) => pair.state === "queued" || pair.state === "running");
    report(ready.length, pairIds.length);
    if (open.length === 0) return { ready, waiting: found.length - ready.length };
    await wait(POLL_MS);
  }
}
