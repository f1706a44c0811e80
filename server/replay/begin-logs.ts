import { and, eq, notExists, sql } from "drizzle-orm";
import type { Db, DbOrTx } from "@/db/client";
import { batches, decisions, projects, proposalTallies } from "@/db/schema";
import { lockProject } from "@/server/mining/lock-project";
import { recordDecision } from "@/server/project/record-decision";
import { readHeldState } from "./read-held-state";

/**
 * A project from before the log was whole gets its present state as the log's first page; what happens from then on
 * replays from there. Doing it twice changes nothing.
 */
export async function beginLogs(db: Db): Promise<number> {
  const whole = db
    .select({ id: decisions.id })
    .from(decisions)
    .where(
      and(
        eq(decisions.projectId, projects.id),
        sql`(${decisions.action} = 'loop.snapshot' or (${decisions.action} = 'project.create' and ${decisions.payload} ? 'log'))`,
      ),
    );
  const found = await db.select({ id: projects.id }).from(projects).where(notExists(whole));
  for (const { id: projectId } of found) {
    await db.transaction(async (tx) => {
      await lockProject(tx, projectId);
      const payload = {
        state: await readHeldState(tx, projectId),
        batches: await readBatches(tx, projectId),
        tallies: await readTallies(tx, projectId),
      };
      await recordDecision(tx, { projectId, actorId: null, action: "loop.snapshot", payload });
    });
  }
  return found.length;
}

const readBatches = (db: DbOrTx, projectId: string) =>
  db
    .select({
      id: batches.id,
      patternId: batches.patternId,
      proposer: batches.proposer,
      isRetest: batches.isRetest,
    })
    .from(batches)
    .where(eq(batches.projectId, projectId));

const readTallies = (db: DbOrTx, projectId: string) =>
  db
    .select({
      patternId: proposalTallies.patternId,
      proposer: proposalTallies.proposer,
      key: proposalTallies.key,
      times: proposalTallies.times,
    })
    .from(proposalTallies)
    .where(eq(proposalTallies.projectId, projectId));
