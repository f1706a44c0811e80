"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { ButtonLink } from "@/app/_ui/button-link";
import { useToast } from "@/app/_ui/toaster";
import type { ExchangeDetail } from "@/server/mining/exchange-detail";
import { GiveUpButton } from "./give-up-button";

export type RetryWorkProps = { project: string } & Pick<
  ExchangeDetail,
  "batch" | "pair" | "inquiry"
>;

/** What a person can do about an answer that could not be used. */
export function RetryWork({ project, batch, pair, inquiry }: RetryWorkProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const toast = useToast();
  const options = {
    onSuccess: () => {
      toast("Asked again");
      router.push(`/p/${project}/pairs`);
    },
    onError: (error: { message: string }) => toast(error.message, { tone: "bad" }),
  };
  const retryBatch = useMutation(trpc.mining.retryBatch.mutationOptions(options));
  const requestPrompts = useMutation(trpc.mining.requestPrompts.mutationOptions(options));
  const here = {
    onSuccess: () => router.refresh(),
    onError: options.onError,
  };
  const retryInquiry = useMutation(trpc.mining.retryInquiry.mutationOptions(here));
  if (batch?.state === "waiting")
    return (
      <Button
        variant="primary"
        busy={retryBatch.isPending && "Asking"}
        onClick={() => retryBatch.mutate({ project, batchId: batch.id })}
      >
        Ask again
      </Button>
    );
  if (inquiry?.state === "queued" || inquiry?.state === "running")
    return <GiveUpButton project={project} inquiryId={inquiry.id} />;
  if (inquiry?.state === "waiting")
    return (
      <>
        <GiveUpButton project={project} inquiryId={inquiry.id} />
        <Button
          variant="primary"
          busy={retryInquiry.isPending && "Asking"}
          onClick={() => retryInquiry.mutate({ project, inquiryId: inquiry.id })}
        >
          Ask again
        </Button>
      </>
    );
  if (!inquiry && pair?.promptsState === "waiting")
    return (
      <>
        <ButtonLink href={`/p/${project}/pairs/${pair.id}`}>Write the prompts by hand</ButtonLink>
        <Button
          variant="primary"
          busy={requestPrompts.isPending && "Asking"}
          onClick={() => requestPrompts.mutate({ project, pairId: pair.id })}
        >
          Ask again
        </Button>
      </>
    );
  return null;
}
