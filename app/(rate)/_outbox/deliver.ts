import { type TRPCClient, TRPCClientError } from "@trpc/client";
import type { inferRouterOutputs } from "@trpc/server";
import { resendPlan } from "@/server/rating/domain/resend-plan";
import type { AppRouter } from "@/server/trpc/router";
import type { Deliver } from "./outbox";
import type { Base, StoredItem } from "./outbox-db";

const TIMEOUT_MS = 20_000;

/** Sends one request's worth of writes and says what its answer means. */
export const deliverTo =
  (client: TRPCClient<AppRouter>): Deliver =>
  async (items) => {
    try {
      const answer = await send(client, items);
      const isConflict = typeof answer === "object" && "conflict" in answer;
      return isConflict ? { outcome: "conflict", ...answer } : { outcome: "done" };
    } catch (cause) {
      if (!(cause instanceof Error)) throw cause;
      const httpStatus = cause instanceof TRPCClientError ? cause.data?.httpStatus : undefined;
      return { outcome: resendPlan({ httpStatus }), reason: cause.message };
    }
  };

// Below zero where the server had events before it counted them: then nobody can tell.
function baseOf({ base }: { base?: Base }): number | undefined {
  const version = base ? base.version + base.nth : -1;
  return version >= 0 ? version : undefined;
}

type Answer = inferRouterOutputs<AppRouter>["rating"]["record"] | undefined;

async function send(
  { rating }: TRPCClient<AppRouter>,
  items: readonly StoredItem[],
): Promise<Answer> {
  const [first] = items;
  if (!first) return;
  const { project, sittingId, write } = first;
  const target = { project, sittingId };
  const options = { signal: AbortSignal.timeout(TIMEOUT_MS) };
  switch (write.kind) {
    case "verdict": {
      const events = items.flatMap((item) =>
        item.write.kind === "verdict" ? [item.write.event] : [],
      );
      return rating.record.mutate({ ...target, events, baseVersion: baseOf(write) }, options);
    }
    case "submit":
      await rating.submit.mutate({ ...target, ...write.submission }, options);
      return;
    case "cannotJudge":
      await rating.cannotJudge.mutate(
        { ...target, reason: write.reason, activeMs: write.activeMs },
        options,
      );
      return;
    case "note":
      await rating.writeNote.mutate(
        { ...target, note: write.note, isGuidelineGap: write.isGuidelineGap },
        options,
      );
      return;
    case "putOff":
      await rating.putOff.mutate({ ...target, activeMs: write.activeMs }, options);
      return;
    case "giveBack":
      await rating.giveBack.mutate(target, options);
      return;
    case "reopen":
      await rating.reopen.mutate(target, options);
      return;
    case "revisit":
      await rating.revisit.mutate(target, options);
      return;
  }
}
