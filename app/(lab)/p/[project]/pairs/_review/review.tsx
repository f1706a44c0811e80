"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";
import { ButtonLink } from "@/app/_ui/button-link";
import { EmptyState } from "@/app/_ui/empty-state";
import { OfflineNote } from "../_pairs/offline-note";
import { RejectBar } from "./reject-bar";
import { ReviewCase } from "./review-case";
import { ReviewKeyBar } from "./review-key-bar";
import { ReviewQueue } from "./review-queue";
import { useReview } from "./use-review";
import { useReviewKeys } from "./use-review-keys";

/** One proposal after another, by keyboard; nothing waits for the network. */
export function Review({ project }: { project: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const review = useReview(project);
  const [isAskingOther, setAskingOther] = useState(false);
  useReviewKeys(review, () => setAskingOther(true));
  const decidedHere = new Set(review.state.decided.map(({ item }) => item.pairId));
  useLive(project, (event) => {
    if (event !== "resync" && !["pair", "batch"].includes(event.topic)) return;
    // What was decided here left the queue already; to read it all again for each key would be a waste.
    if (event !== "resync" && decidedHere.has(event.id)) return;
    if (review.saveState.kind === "saved")
      void queries.invalidateQueries(trpc.mining.reviewQueue.pathFilter());
  });
  const { current } = review;

  return (
    <div className="grid h-[calc(100vh-var(--bar))] grid-rows-[minmax(0,1fr)_40px] overflow-hidden max-md:grid-rows-[minmax(0,1fr)_auto]">
      <main className="grid min-h-0 grid-cols-[276px_minmax(0,1fr)] max-md:grid-cols-1 max-md:grid-rows-[auto_minmax(0,1fr)]">
        <ReviewQueue review={review} />
        <section className="flex min-h-0 flex-col" aria-label="Proposal">
          {current ? (
            <>
              <ReviewCase
                key={`${current.id} ${review.state.mode === "edit"}`}
                project={project}
                item={current}
                review={review}
              />
              <RejectBar
                item={current}
                review={review}
                isAskingOther={isAskingOther}
                setAskingOther={setAskingOther}
              />
            </>
          ) : (
            <NothingLeft project={project} />
          )}
        </section>
      </main>
      <ReviewKeyBar review={review} />
    </div>
  );
}

function NothingLeft({ project }: { project: string }) {
  return (
    <div className="px-7 pt-4 max-md:px-4">
      <h1>Nothing waits for your review</h1>
      <EmptyState
        title="All proposals are decided."
        actions={
          <>
            <ButtonLink variant="primary" href={`/p/${project}/patterns`}>
              Propose more pairs
            </ButtonLink>
            <ButtonLink href={`/p/${project}/runs`}>Start a run</ButtonLink>
            <ButtonLink href={`/p/${project}/pairs`}>See all pairs</ButtonLink>
          </>
        }
      >
        Accepted pairs get five prompts each; then a run has a generator draw them.{" "}
        <OfflineNote project={project} />
      </EmptyState>
    </div>
  );
}
