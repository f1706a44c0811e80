import { and, eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type { WorkState } from "@/db/enums";
import { inquiries } from "@/db/schema";
import { endTokenStop } from "@/server/budget/end-token-stop";
import { AppError } from "@/server/core/errors";
import { enqueue } from "@/server/jobs/queue";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import { wakeOfPair } from "@/server/realign/wake-waiting";
import type { MemberContext } from "@/server/trpc/context";

/** Asks again what waits for a person, with the proposer that is set up now. */
export async function retryInquiry(
  ctx: MemberContext,
  { inquiryId }: { inquiryId: string },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await leave(tx, ctx, { inquiryId, from: ["waiting"], to: "queued", action: "inquiry.retry" });
    await enqueue(tx, "mining.inquire", { inquiryId });
  });
}

/** Gives up on a question that is not done: nothing came of it, and an answer that is on its way is dropped. */
export async function cancelInquiry(
  ctx: MemberContext,
  { inquiryId }: { inquiryId: string },
): Promise<void> {
  await ctx.db.transaction((tx) =>
    leave(tx, ctx, {
      inquiryId,
      from: ["queued", "running", "waiting"],
      to: "cancelled",
      action: "inquiry.cancel",
    }),
  );
}

type Leave = {
  inquiryId: string;
  from: WorkState[];
  to: "queued" | "cancelled";
  action: string;
};

async function leave(
  tx: Tx,
  { viewer, member: { projectId } }: MemberContext,
  { inquiryId, from, to, action }: Leave,
): Promise<void> {
  const [left] = await tx
    .update(inquiries)
    .set({
      state: to,
      reason: null,
      heldBy: null,
      finishedAt: to === "cancelled" ? new Date() : null,
    })
    .where(
      and(
        eq(inquiries.id, inquiryId),
        eq(inquiries.projectId, projectId),
        inArray(inquiries.state, from),
      ),
    )
    .returning({ pairId: inquiries.pairId });
  if (!left) throw new AppError("NOT_FOUND", "No question of this project waits under this id");
  const actorId = viewer.accountId;
  await recordDecision(tx, { projectId, actorId, action, subjectId: inquiryId, payload: {} });
  if (left.pairId) await wakeOfPair(tx, left.pairId);
  await endTokenStop(tx, projectId);
  await notifyLive(tx, { projectId, topic: "inquiry", id: inquiryId });
}
