import { and, eq, inArray } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { type Inquiry, inquiries } from "@/db/schema";
import type { JobPayload } from "@/server/jobs/contracts";
import { notifyLive } from "@/server/live/live";
import { recordDecision } from "@/server/project/record-decision";
import { askRerun } from "./ask-rerun";
import { RerunSettings } from "./domain/exchange-input";
import { askInquiry } from "./inquiry-kinds";
import { converseContext, type MiningJobContext } from "./mining-job-context";

/**
 * Safe to run twice: each exchange is stored under the inquiry before it is sent, so a second run
 * reads the stored answer, and what follows from it is written only while the inquiry is running.
 */
export async function inquire(
  { inquiryId }: JobPayload<"mining.inquire">,
  ctx: MiningJobContext,
): Promise<void> {
  const inquiry = await findInquiry(ctx.db, inquiryId);
  if (!inquiry) return;
  const { projectId, patternId, pairId } = inquiry;
  const { temperature, model } = RerunSettings.parse(inquiry.parameters);
  const subject = {
    projectId,
    batchId: null,
    pairId,
    inquiryId,
    isFresh: inquiry.state === "queued",
    parameters: temperature === undefined ? {} : { temperature },
    begin: async (tx: Tx) => {
      const taken = await tx
        .update(inquiries)
        .set({ state: "running" })
        .where(isUnderWay(inquiryId))
        .returning({ id: inquiries.id });
      await notifyLive(tx, { projectId, topic: "inquiry", id: inquiryId });
      return taken.length > 0;
    },
    hold: (tx: Tx, reason: string) => letWait(tx, inquiry, { reason, heldBy: "tokens" }),
  };
  const ask = inquiry.rerunsId ? askRerun : askInquiry;
  const answered = await ask(await converseContext(ctx, model), subject, inquiry);
  if (answered.status === "held") return;
  if (answered.status === "waiting") {
    const { reason } = answered;
    return ctx.db.transaction((tx) => letWait(tx, inquiry, { reason, heldBy: null }));
  }
  await ctx.db.transaction(async (tx) => {
    if (!(await end(tx, inquiryId))) return;
    await answered.record(tx);
    await recordDecision(tx, {
      projectId,
      actorId: null,
      action: "inquiry.record",
      subjectId: inquiryId,
      payload: { exchangeId: answered.exchangeId, patternId, pairId },
    });
    await notifyLive(tx, { projectId, topic: "inquiry", id: inquiryId });
  });
}

async function findInquiry(db: Db, inquiryId: string): Promise<Inquiry | undefined> {
  const [found] = await db.select().from(inquiries).where(isUnderWay(inquiryId));
  return found;
}

/** Neither done, nor held, nor given up: only then does anything come of it. */
const isUnderWay = (inquiryId: string) =>
  and(eq(inquiries.id, inquiryId), inArray(inquiries.state, ["queued", "running"]));

async function end(tx: Tx, inquiryId: string): Promise<boolean> {
  const ended = await tx
    .update(inquiries)
    .set({ state: "done", reason: null, finishedAt: new Date() })
    .where(and(eq(inquiries.id, inquiryId), eq(inquiries.state, "running")))
    .returning({ id: inquiries.id });
  return ended.length > 0;
}

async function letWait(
  tx: Tx,
  { id, projectId }: Inquiry,
  why: Pick<Inquiry, "heldBy"> & { reason: string },
): Promise<void> {
  await tx
    .update(inquiries)
    .set({ state: "waiting", ...why })
    .where(isUnderWay(id));
  await notifyLive(tx, { projectId, topic: "inquiry", id });
}
