import { type TRPCClient, TRPCClientError } from "@trpc/client";
import { resendPlan } from "@/server/rating/domain/resend-plan";
import type { AppRouter } from "@/server/trpc/router";
import type { Deliver } from "./outbox";
import type { StoredItem } from "./outbox-db";

const TIMEOUT_MS = 20_000;

/** Sends one request's worth of writes and says what its answer means. */
export const deliverTo =
  (client: TRPCClient<AppRouter>): Deliver =>
  async (items) => {
    try {
      await send(client, items);
      return { outcome: "done" };
    } catch (cause) {
      if (!(cause instanceof Error)) throw cause;
      const httpStatus = cause instanceof TRPCClientError ? cause.data?.httpStatus : undefined;
      return { outcome: resendPlan({ httpStatus }), reason: cause.message };
    }
  };

function send({ rating }: TRPCClient<AppRouter>, items: readonly StoredItem[]): Promise<unknown> {
  const [first] = items;
  if (!first) return Promise.resolve();
  const { project, sittingId, write } = first;
  const target = { project, sittingId };
  const options = { signal: AbortSignal.timeout(TIMEOUT_MS) };
  switch (write.kind) {
    case "verdict": {
      const events = items.flatMap((item) =>
        item.write.kind === "verdict" ? [item.write.event] : [],
      );
      return rating.record.mutate({ ...target, events }, options);
    }
    case "submit":
      return rating.submit.mutate({ ...target, ...write.submission }, options);
    case "cannotJudge":
      return rating.cannotJudge.mutate(
        { ...target, reason: write.reason, activeMs: write.activeMs },
        options,
      );
    case "note":
      return rating.writeNote.mutate(
        { ...target, note: write.note, isGuidelineGap: write.isGuidelineGap },
        options,
      );
    case "putOff":
      return rating.putOff.mutate(target, options);
    case "giveBack":
      return rating.giveBack.mutate(target, options);
    case "reopen":
      return rating.reopen.mutate(target, options);
  }
}
