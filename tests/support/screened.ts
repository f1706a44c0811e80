import type { Db } from "@/db/client";
import { changeRating } from "@/server/project/change-rating";
import { getSitting } from "@/server/rating/get-sitting";
import { recordVerdictEvents } from "@/server/rating/record-verdict-events";
import type { MemberContext } from "@/server/trpc/context";
import { claimSitting } from "./claim";
import { makeGrid } from "./make/grid";
import { makeMember } from "./make/member";
import { makeProject } from "./make/project";
import { submit, verdictEvent } from "./rate";

/** A project that screens, with an owner and a rater. */
export async function makeScreeningProject(db: Db, { detail = false } = {}) {
  const { id: projectId } = await makeProject(db);
  const owner = await makeMember(db, { projectId, role: "owner" });
  const rater = await makeMember(db, { projectId, role: "expert" });
  await changeRating(owner, { ratingMode: "screen", detail });
  return { projectId, owner, rater, addGrid: () => makeGrid(db, { projectId }) };
}

/** Judges a sitting in the order shown: so many incorrect, then a correct one if there is room for it. */
export async function screen(
  rater: MemberContext,
  sittingId: string,
  incorrect: number,
): Promise<void> {
  const { cells, lastSeq } = await getSitting(rater, sittingId);
  const judged = cells.slice(0, incorrect + 1);
  await recordVerdictEvents(rater, {
    sittingId,
    events: judged.map(({ imageId }, index) =>
      verdictEvent(imageId, lastSeq + index + 1, index < incorrect ? "incorrect" : "correct"),
    ),
  });
}

/** The rater's next grid, screened to its end. */
export async function screenNextGrid(rater: MemberContext, incorrect: number): Promise<string> {
  const sittingId = await claimSitting(rater);
  await screen(rater, sittingId, incorrect);
  await submit(rater, sittingId);
  return sittingId;
}
