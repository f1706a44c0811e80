import type { Tx } from "@/db/client";
import { AppError } from "@/server/core/errors";
import { lockProject } from "@/server/mining/lock-project";
import type { MemberContext } from "@/server/trpc/context";
import { askScorers, type Started } from "./ask-scorers";
import { findSubject } from "./find-subject";
import { listScoreEndpoints } from "./list-score-endpoints";
import type { StartScoring } from "./schemas";

/**
 * Asks an endpoint about every finished image of a run or of a comparison. What it was asked before it is not asked again, what
 * failed or was cancelled is; so that a second press takes up what is missing, and starts nothing where nothing is.
 */
export async function startScoring(
  { db, viewer, member }: MemberContext,
  input: StartScoring,
): Promise<Started> {
  const { projectId } = member;
  return db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    await refuseUnknown(tx, input);
    const subject = await findSubject(tx, projectId, input.of);
    return askScorers(tx, { ...input, projectId, subject, startedBy: viewer.accountId });
  });
}

async function refuseUnknown(tx: Tx, { endpoint, scorers }: StartScoring) {
  const found = (await listScoreEndpoints(tx)).find(({ name }) => name === endpoint);
  if (!found)
    throw new AppError("INVALID", `No bridge serves an endpoint "${endpoint}" that scores.`);
  const missing = scorers.filter((scorer) => !found.scorers.includes(scorer));
  if (missing.length > 0) {
    throw new AppError(
      "INVALID",
      `${endpoint} has no scorer "${missing[0]}": choose among ${found.scorers.join(", ")}.`,
    );
  }
}
