"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { StateLabel } from "@/app/_ui/state-label";
import { useToast } from "@/app/_ui/toaster";
import type { PairQuestion } from "@/server/mining/domain/inquiry-input";
import { ExchangeLink } from "../../../_work/work-line";
import type { Detail } from "./detail";

type Open = Detail["added"]["open"][number];

export type PairQuestionRowProps = {
  project: string;
  pair: Detail["pair"];
  purpose: PairQuestion;
  what: string;
  open: Open | undefined;
  /** What it said last; null before it was asked. */
  answer: ReactNode;
  /** Whose words methods are told; null for what is told to none. */
  source: string | null;
  /** What else can be done: a person's own words. */
  edit?: ReactNode;
};

/** One question to the proposer: what it said, how the open one stands, and what can be done. */
export function PairQuestionRow(props: PairQuestionRowProps) {
  const { project, pair, purpose, what, open, answer, source, edit } = props;
  const act = useQuestionActs();
  const ask = () => act.ask.mutate({ project, pairId: pair.id, purpose });
  return (
    <div className="flex min-h-9 items-start gap-3 border-t border-line py-1.5 text-12 max-md:flex-wrap">
      <span className="w-28 shrink-0 pt-1">{what}</span>
      <div className="grid min-w-0 flex-1 gap-1 pt-1 max-md:basis-full">
        {answer}
        {open ? <Standing project={project} open={open} /> : null}
        {!open && !answer ? <span className="text-ink-3">Not asked yet</span> : null}
        {source ? <span className="small-print">{source}</span> : null}
      </div>
      <span className="flex shrink-0 gap-1">
        {edit}
        {open ? <OpenActs project={project} open={open} what={what} /> : null}
        {!open && pair.state === "accepted" ? (
          <Button
            size={26}
            variant={answer ? "quiet" : "outlined"}
            aria-label={`${answer ? "Ask again" : "Ask"}: ${what}`}
            busy={act.ask.isPending && "Asking"}
            onClick={ask}
          >
            {answer ? "Ask again" : "Ask"}
          </Button>
        ) : null}
      </span>
    </div>
  );
}

function Standing({ project, open }: { project: string; open: Open }) {
  if (open.state !== "waiting") return <StateLabel kind="rendering">Asking</StateLabel>;
  return (
    <div>
      <StateLabel kind="waits" />
      <p className="mt-0.5 text-ink-2">{open.reason}</p>
      <ExchangeLink project={project} exchangeId={open.exchangeId} />
    </div>
  );
}

function OpenActs({ project, open, what }: { project: string; open: Open; what: string }) {
  const act = useQuestionActs();
  const inquiryId = open.id;
  return (
    <>
      {open.state === "waiting" ? (
        <Button
          size={26}
          aria-label={`Ask again: ${what}`}
          busy={act.retry.isPending && "Asking"}
          onClick={() => act.retry.mutate({ project, inquiryId })}
        >
          Ask again
        </Button>
      ) : null}
      <Button
        size={26}
        variant="quiet"
        aria-label={`Give up: ${what}`}
        onClick={() => act.giveUp.mutate({ project, inquiryId })}
      >
        Give up
      </Button>
    </>
  );
}

function useQuestionActs() {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const options = {
    onSuccess: () => queries.invalidateQueries(trpc.mining.pairDetail.pathFilter()),
    onError: (error: { message: string }) => toast(error.message, { tone: "bad" }),
  };
  return {
    ask: useMutation(trpc.mining.requestAboutPair.mutationOptions(options)),
    retry: useMutation(trpc.mining.retryInquiry.mutationOptions(options)),
    giveUp: useMutation(trpc.mining.cancelInquiry.mutationOptions(options)),
  };
}
