"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Link } from "@/app/_ui/link";
import { StateLabel } from "@/app/_ui/state-label";
import { useToast } from "@/app/_ui/toaster";
import type { WaitingWork } from "@/server/mining/list-waiting";
import { ExchangeLink, WorkLine } from "../../_work/work-line";

const WORDS = {
  guess_latent: "What is seen instead of",
  drawing_order: "Drawing order of",
  describe_concepts: "Descriptions of",
  find_phrases: "Phrases of",
  reword_prompts: "Other words for the prompts of",
} as const;
const SHOWN = 5;

export type PairQuestionsProps = { project: string } & Pick<WaitingWork, "questions" | "asking">;

/** Questions about pairs that the proposer works on, and the newest of those that wait for a person. */
export function PairQuestions({ project, questions, asking }: PairQuestionsProps) {
  const act = useInquiryActs();
  return (
    <>
      {questions.slice(0, SHOWN).map(({ id: inquiryId, purpose, a, b, ...question }) => (
        <WorkLine
          key={inquiryId}
          state={<StateLabel kind="waits" />}
          what={`${WORDS[purpose]} ${a} × ${b}`}
          reason={question.reason}
          actions={
            <>
              <ExchangeLink project={project} exchangeId={question.exchangeId} />
              <Link href={`/p/${project}/pairs/${question.pairId}`} className="link">
                The pair
              </Link>
              <Button size={26} onClick={() => act.retry.mutate({ project, inquiryId })}>
                Ask again
              </Button>
              <Button
                size={26}
                variant="quiet"
                onClick={() => act.giveUp.mutate({ project, inquiryId })}
              >
                Give up
              </Button>
            </>
          }
        />
      ))}
      {questions.length > SHOWN ? (
        <WorkLine
          state={<StateLabel kind="waits" />}
          what="More questions about pairs wait; they follow when these are settled"
        />
      ) : null}
      {asking > 0 ? (
        <WorkLine
          state={<StateLabel kind="rendering">Asking</StateLabel>}
          what={asking === 1 ? "1 question about a pair" : `${asking} questions about pairs`}
        />
      ) : null}
    </>
  );
}

function useInquiryActs() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const options = {
    onSuccess: () => queries.invalidateQueries(trpc.mining.listWaiting.pathFilter()),
    onError: (error: { message: string }) => toast(error.message, { tone: "bad" }),
  };
  return {
    retry: useMutation(trpc.mining.retryInquiry.mutationOptions(options)),
    giveUp: useMutation(trpc.mining.cancelInquiry.mutationOptions(options)),
  };
}
