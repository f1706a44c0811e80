"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Link } from "@/app/_ui/link";
import { StateLabel } from "@/app/_ui/state-label";
import { useToast } from "@/app/_ui/toaster";
import { ExchangeLink, WorkLine } from "../../_work/work-line";
import { PairQuestions } from "./pair-questions";

/** What the proposer works on, and what waits for a person because its answer could not be used. */
export function WaitingWork({ project }: { project: string }) {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.mining.listWaiting.queryOptions({ project }));
  const act = useMiningActs();
  const isIdle =
    data.batches.length +
      data.prompts.length +
      data.writing +
      data.missing +
      data.questions.length +
      data.asking ===
    0;
  if (isIdle) return null;
  return (
    <section aria-label="Work of the proposer" className="panel mb-3 divide-y divide-line">
      {data.batches.map((batch) => (
        <WorkLine
          key={batch.id}
          state={
            batch.state === "waiting" ? (
              <StateLabel kind="waits" />
            ) : (
              <StateLabel kind="rendering">Asking</StateLabel>
            )
          }
          what={`${batch.asked} new pairs of ${batch.pattern}, batch ${batch.number}`}
          reason={batch.reason}
          actions={
            <>
              {batch.state === "waiting" ? (
                <>
                  <ExchangeLink project={project} exchangeId={batch.exchangeId} />
                  <Button
                    size={26}
                    onClick={() => act.retryBatch.mutate({ project, batchId: batch.id })}
                  >
                    Ask again
                  </Button>
                </>
              ) : null}
              <GiveUp onClick={() => act.cancelBatch.mutate({ project, batchId: batch.id })} />
            </>
          }
        />
      ))}
      {data.prompts.map((pair) => (
        <WorkLine
          key={pair.id}
          state={<StateLabel kind="waits" />}
          what={`Prompts of ${pair.a} × ${pair.b}`}
          reason={pair.reason}
          actions={
            <>
              <ExchangeLink project={project} exchangeId={pair.exchangeId} />
              <Link href={`/p/${project}/pairs/${pair.id}`} className="link">
                Write them
              </Link>
              <Button
                size={26}
                onClick={() => act.requestPrompts.mutate({ project, pairId: pair.id })}
              >
                Ask again
              </Button>
              <GiveUp onClick={() => act.cancelPrompts.mutate({ project, pairIds: [pair.id] })} />
            </>
          }
        />
      ))}
      {data.writing > 0 ? (
        <WorkLine
          state={<StateLabel kind="rendering">Writing</StateLabel>}
          what={`Five prompts each for ${count(data.writing)}`}
          actions={<GiveUp onClick={() => act.cancelPrompts.mutate({ project })} />}
        />
      ) : null}
      {data.missing > 0 ? (
        <WorkLine
          state={<StateLabel kind="waits" />}
          what={`${count(data.missing)} accepted without prompts`}
          actions={
            <Button size={26} onClick={() => act.requestMissing.mutate({ project })}>
              Ask for prompts
            </Button>
          }
        />
      ) : null}
      <PairQuestions project={project} questions={data.questions} asking={data.asking} />
    </section>
  );
}

function GiveUp({ onClick }: { onClick: () => void }) {
  return (
    <Button size={26} variant="quiet" onClick={onClick}>
      Give up
    </Button>
  );
}

const count = (pairs: number) => (pairs === 1 ? "1 pair" : `${pairs} pairs`);

function useMiningActs() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const options = {
    onSuccess: () => queries.invalidateQueries(trpc.mining.pathFilter()),
    onError: (error: { message: string }) => toast(error.message, { tone: "bad" }),
  };
  return {
    retryBatch: useMutation(trpc.mining.retryBatch.mutationOptions(options)),
    cancelBatch: useMutation(trpc.mining.cancelBatch.mutationOptions(options)),
    requestPrompts: useMutation(trpc.mining.requestPrompts.mutationOptions(options)),
    cancelPrompts: useMutation(trpc.mining.cancelPrompts.mutationOptions(options)),
    requestMissing: useMutation(trpc.mining.requestMissingPrompts.mutationOptions(options)),
  };
}
