"use client";

import { useMutation, useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { StateLabel } from "@/app/_ui/state-label";
import type { PatternQuestion } from "@/server/mining/list-pattern-questions";
import { ExchangeLink, WorkLine } from "../_work/work-line";
import { usePatternAct } from "./use-pattern-act";

/** What the LLM was asked about patterns and has not settled, or could not. */
export function Questions({ project }: { project: string }) {
  const trpc = useTRPC();
  const act = usePatternAct();
  const { data: questions } = useSuspenseQuery(
    trpc.mining.listPatternQuestions.queryOptions({ project }),
  );
  const retry = useMutation(trpc.mining.retryInquiry.mutationOptions(act));
  const giveUp = useMutation(trpc.mining.cancelInquiry.mutationOptions(act));
  if (questions.length === 0) return null;
  return (
    <section aria-label="Questions to the LLM" className="panel mb-3 divide-y divide-line">
      {questions.map((question) => {
        const { id: inquiryId, state, reason, exchangeId } = question;
        const leave = (
          <Button size={26} variant="quiet" onClick={() => giveUp.mutate({ project, inquiryId })}>
            Give up
          </Button>
        );
        if (state !== "waiting")
          return (
            <WorkLine
              key={inquiryId}
              state={<StateLabel kind="rendering">Asking</StateLabel>}
              what={wordsOf(question)}
              actions={leave}
            />
          );
        return (
          <WorkLine
            key={inquiryId}
            state={<StateLabel kind="waits" />}
            what={wordsOf(question)}
            reason={reason}
            actions={
              <>
                <ExchangeLink project={project} exchangeId={exchangeId} />
                <Button size={26} onClick={() => retry.mutate({ project, inquiryId })}>
                  Ask again
                </Button>
                {leave}
              </>
            }
          />
        );
      })}
    </section>
  );
}

function wordsOf({ purpose, pattern, other }: PatternQuestion): string {
  switch (purpose) {
    case "propose_patterns":
      return "New patterns";
    case "merge_patterns":
      return `Crossings of ${pattern} and ${other}`;
    case "concept_sets":
      return `Two sets of concepts for ${pattern}`;
    case "name_patterns":
      return `Names for the patterns behind the seeds of ${pattern}`;
  }
}
