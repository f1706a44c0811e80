import type { TRPCClient } from "@trpc/client";
import { OUTLIVES_PAGE } from "@/app/_trpc/outlives-page";
import type { AppRouter } from "@/server/trpc/router";
import type { FeedbackCell } from "./lesson";
import type { SittingView } from "./table";

/** What a session asks of the server at once; everything it writes goes through the outbox. */
export type RatingPort = {
  /** Up to so many grids with their seats, in one request; `refused` says why none came although some are left. */
  next: (
    besides: string[],
    most: number,
  ) => Promise<{ sittings: SittingView[]; refused: string | null }>;
  sitting: (sittingId: string) => Promise<SittingView>;
  /** The newest sitting that can still be taken back, besides those that were gone back to already. */
  lastDone: (besides: readonly string[]) => Promise<SittingView | null>;
  /** How each image of a submitted training grid was meant. */
  feedback: (sittingId: string) => Promise<FeedbackCell[]>;
  heartbeat: (sittingIds: string[]) => Promise<{ held: string[] }>;
  /** A request that outlives the page; the outbox would send it only at the next visit. */
  giveBackWhileLeaving: (sittingId: string) => Promise<void>;
};

export function ratingPort({ rating }: TRPCClient<AppRouter>, project: string): RatingPort {
  return {
    feedback: (sittingId) => rating.feedback.query({ project, sittingId }),
    sitting: (sittingId) => rating.sitting.query({ project, sittingId }),
    next: (besides, most) => rating.nextBatch.mutate({ project, besides, most }),
    giveBackWhileLeaving: (sittingId) =>
      rating.giveBack.mutate({ project, sittingId }, { context: OUTLIVES_PAGE }),
    heartbeat: (sittingIds) => rating.heartbeat.mutate({ project, sittingIds }),
    async lastDone(besides) {
      const queues = await rating.queues.query();
      const last = queues
        .find((queue) => queue.project === project)
        ?.lastDone.find(({ id }) => !besides.includes(id));
      return last ? rating.sitting.query({ project, sittingId: last.id }) : null;
    },
  };
}
