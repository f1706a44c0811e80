import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { inquiries } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { enqueue } from "@/server/jobs/queue";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import type { MemberContext } from "@/server/trpc/context";

/** Asks again what waits for a person, with the proposer that is set up now. */
export async function retryInquiry(
  ctx: MemberContext,
  { inquiryId }: { inquiryId: string },
): Promise<void> {
  await ctx.db.transaction(async (tx) => {
    await leaveWaiting(tx, ctx, { inquiryId, to: "queued", action: "inquiry.retry" });
    await enqueue(tx, "mining.inquire", { inquiryId });
  });
}

/** Gives up on a question that waits: nothing came of it. */
export async function cancelInquiry(
  ctx: MemberContext,
  { inquiryId }: { inquiryId: string },
): Promise<void> {
  await ctx.db.transaction((tx) =>
    leaveWaiting(tx, ctx, { inquiryId, to: "cancelled", action: "inquiry.cancel" }),
  );
}

type Leave = { inquiryId: string; to: "queued" | "cancelled"; action: string };

async function leaveWaiting(
  tx: Tx,
  { viewer, member: { projectId } }: MemberContext,
  { inquiryId, to, action }: Leave,
): Promise<void> {
  const left = await tx
    .update(inquiries)
    .set({ state: to, reason: null, finishedAt: to === "cancelled" ? new Date() : null })
    .where(
      and(
        eq(inquiries.id, inquiryId),
        eq(inquiries.projectId, projectId),
        eq(inquiries.state, "waiting"),
      ),
    )
    .returning({ id: inquiries.id });
  if (left.length === 0)
    throw new AppError("NOT_FOUND", "No question of this project waits under this id");
  const actorId = viewer.accountId;
  await recordDecision(tx, { projectId, actorId, action, subjectId: inquiryId, payload: {} });
  await notifyLive(tx, { projectId, topic: "inquiry", id: inquiryId });
}
