"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Suspense } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";
import { ButtonLink } from "@/app/_ui/button-link";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { PageHead } from "@/app/_ui/page-head";
import { TimeAgo } from "@/app/_ui/time-ago";
import { useToast } from "@/app/_ui/toaster";
import { ScoreImages } from "../../_scores/score-images";
import { drawsWords, isOfLooks } from "../run-words";
import type { RunDetail } from "../types";
import { Endpoints } from "./endpoints";
import { Failures } from "./failures";
import { LookRows } from "./look-rows";
import { PairRows } from "./pair-rows";
import { Progress } from "./progress";
import { Waits } from "./waits";

const TOPICS = ["render", "run", "grid", "look", "inquiry"];

export function Run({ project, number }: { project: string; number: number }) {
  const trpc = useTRPC();
  const refresh = useRefresh();
  const { data: run } = useSuspenseQuery(
    trpc.generation.runDetail.queryOptions({ project, number }),
  );
  useLive(project, (event) => {
    if (event === "resync" || TOPICS.includes(event.topic)) refresh();
  });
  return (
    <>
      <PageHead
        title={`Run ${run.number}: ${run.generator}, revision ${run.revision}, on ${drawsWords(run)}`}
        sub={<Sub run={run} />}
        actions={<Actions project={project} run={run} />}
      />
      <div className="mb-3.5 grid grid-cols-[minmax(0,1fr)_330px] gap-10 max-md:grid-cols-1 max-md:gap-4">
        <Progress run={run} />
        <Endpoints run={run} />
      </div>
      <Failures project={project} run={run} />
      <Waits slots={run.slots} />
      {isOfLooks(run) ? null : (
        <Suspense>
          <ScoreImages project={project} of={{ kind: "run", number }} />
        </Suspense>
      )}
      {isOfLooks(run) ? (
        <LookRows project={project} run={run} />
      ) : (
        <PairRows project={project} slots={run.slots} />
      )}
    </>
  );
}

function useRefresh() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  return () => void queries.invalidateQueries(trpc.generation.runDetail.pathFilter());
}

function Sub({ run }: { run: RunDetail }) {
  const { steps, guidance_scale: guidance, width, height } = run.parameters;
  const raters = run.ratersPerGrid;
  return (
    <>
      Started {run.startedBy ? `by ${run.startedBy} ` : null}
      <TimeAgo at={run.createdAt} /> · seed set {run.seedSet} ·{" "}
      {steps === 1 ? "1 step" : `${steps} steps`}, guidance {guidance} · {width}×{height}
      {raters === null ? null : ` · ${raters === 1 ? "1 rater" : `${raters} raters`} per grid`}
    </>
  );
}

function Actions({ project, run }: { project: string; run: RunDetail }) {
  const trpc = useTRPC();
  const toast = useToast();
  const refresh = useRefresh();
  const cancel = useMutation(
    trpc.generation.cancelRun.mutationOptions({
      onSuccess: ({ stopped }) => {
        toast(`Run ${run.number} cancelled, ${stopped} renders stopped`);
        refresh();
      },
    }),
  );
  return (
    <>
      {run.state === "active" ? (
        <ConfirmDialog
          trigger="Cancel run …"
          title={`Cancel run ${run.number}?`}
          description="What is drawn stays. Renders that are queued or being drawn stop, unless another run wants them. Starting a run again takes up what is missing."
          confirm="Cancel the run"
          busy="Cancelling"
          onConfirm={() => cancel.mutateAsync({ project, number: run.number })}
        />
      ) : null}
      {run.slots.some((slot) => slot.look === "ready") ? (
        <ButtonLink href={`/p/${project}/looks`} variant="primary">
          Look at what is drawn
        </ButtonLink>
      ) : null}
      {run.grids > 0 ? (
        <ButtonLink href="/rate" variant="primary">
          Rate {run.grids === 1 ? "1 finished grid" : `${run.grids} finished grids`}
        </ButtonLink>
      ) : null}
    </>
  );
}
