"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";
import { Button } from "@/app/_ui/button";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { Link } from "@/app/_ui/link";
import { ProgressBar } from "@/app/_ui/progress-bar";
import { useToast } from "@/app/_ui/toaster";
import type { ScoredSubject } from "@/server/scoring/schemas";
import type { ShownScoring } from "@/server/scoring/show-scoring";
import { many } from "../_board/board-words";
import { ScoreDialog } from "./score-dialog";
import { useStarting } from "./use-starting";

type Props = { project: string; of: ScoredSubject };
type AskedScoring = ShownScoring["asked"][number];

/** Has the finished images of a run or of a comparison scored by a GPU endpoint, and says how far that is. Raters see none of it. */
export function ScoreImages({ project, of }: Props) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data: scoring } = useSuspenseQuery(trpc.scoring.show.queryOptions({ project, of }));
  const starting = useStarting(project, of);
  const [isOpen, setIsOpen] = useState(false);
  useLive(project, (event) => {
    if (event !== "resync" && !["score", "render"].includes(event.topic)) return;
    void queries.invalidateQueries(trpc.scoring.show.pathFilter());
  });
  if (scoring.images === 0) return null;
  const [newest] = scoring.asked;
  return (
    <section aria-label="Automatic scores" className="mt-4 mb-3.5 max-w-[720px]">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <h2>Automatic scores</h2>
        <Button busy={starting.isPending && "Starting"} onClick={() => setIsOpen(true)}>
          Score images …
        </Button>
        {newest && newest.done > 0 ? (
          <Link href={`/p/${project}/metrics`} className="link text-12">
            Metrics
          </Link>
        ) : null}
      </div>
      {starting.problem && !isOpen ? (
        <p role="alert" className="mt-1 text-12 text-bad">
          {starting.problem}
        </p>
      ) : null}
      {scoring.asked.map((one) => (
        <Progress key={one.number} project={project} of={of} one={one} />
      ))}
      {isOpen ? (
        <ScoreDialog project={project} of={of} scoring={scoring} onClose={() => setIsOpen(false)} />
      ) : null}
    </section>
  );
}

function Progress({ project, of, one }: Props & { one: AskedScoring }) {
  const trpc = useTRPC();
  const toast = useToast();
  const queries = useQueryClient();
  const cancel = useMutation(
    trpc.scoring.cancel.mutationOptions({
      onSuccess: ({ stopped }) => {
        toast(`Scoring ${one.number} cancelled, ${many(stopped, "call")} stopped`);
        void queries.invalidateQueries(trpc.scoring.show.pathFilter());
      },
    }),
  );
  const { number, run, done, open, failed, scorers, endpoint, state, reason, isUnasked } = one;
  const total = done + open + failed;
  return (
    <div className="mt-2 grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4">
      <div>
        <p className="mb-1 small-print">
          {number}: {scorers.join(", ")} by {endpoint}
          {of.kind === "repair" && run !== null ? (
            <>
              {" for "}
              <Link href={`/p/${project}/runs/${run}`} className="link">
                run {run}
              </Link>
            </>
          ) : null}
          {isUnasked ? ", started by itself" : ""}, {done} of {many(total, "prompt")}
          {state === "cancelled" ? ", cancelled" : ""}
          {failed > 0 ? `, ${failed} failed` : ""}
        </p>
        <ProgressBar
          done={done}
          failed={failed}
          total={total}
          label={`Scoring ${number}: ${done} of ${many(total, "prompt")}`}
        />
        {reason ? <p className="mt-1 text-12 text-bad">{reason}</p> : null}
      </div>
      {state === "active" ? (
        <ConfirmDialog
          trigger="Cancel …"
          title={`Cancel scoring ${number}?`}
          description="What is scored stays. Pressing “Score images” again takes up what is missing."
          confirm="Cancel the scoring"
          busy="Cancelling"
          onConfirm={() => cancel.mutateAsync({ project, number })}
        />
      ) : null}
    </div>
  );
}
