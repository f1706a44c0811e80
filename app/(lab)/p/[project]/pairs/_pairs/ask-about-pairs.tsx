"use client";

import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { FormDialog } from "@/app/_ui/form-dialog";
import { useToast } from "@/app/_ui/toaster";
import {
  MOST_LACKING,
  PAIR_QUESTIONS,
  type PairQuestion,
} from "@/server/mining/domain/inquiry-input";
import { many } from "../../_board/board-words";
import { type AskAll, askAll } from "./ask-all";
import { readAsked, readFilter } from "./pair-filter";
import { QUESTION_WORDS } from "./words";

/** Asks one thing of all accepted pairs of the filter that lack it. The address opens it, so that other pages lead to it. */
export function AskAboutPairs({ project }: { project: string }) {
  const search = useSearchParams();
  const opened = readAsked(search);
  const open = (purpose: PairQuestion | null) => {
    const next = new URLSearchParams(search);
    if (purpose) next.set("ask", purpose);
    else next.delete("ask");
    window.history.replaceState(null, "", `?${next}`);
  };
  return (
    <>
      <Button onClick={() => open("guess_latent")}>Ask the proposer…</Button>
      {opened ? <AskDialog project={project} first={opened} onClose={() => open(null)} /> : null}
    </>
  );
}

// The one that stands: the arrow keys go on from there.
const focus = (radio: HTMLInputElement | null) => radio?.focus();

type AskDialogProps = { project: string; first: PairQuestion; onClose: () => void };

function AskDialog({ project, first, onClose }: AskDialogProps) {
  const trpc = useTRPC();
  const [purpose, setPurpose] = useState(first);
  const filter = { project, ...readFilter(useSearchParams()) };
  const { data } = useQuery({
    ...trpc.mining.countMissingAnswers.queryOptions({ ...filter, purpose }),
    placeholderData: keepPreviousData,
  });
  const { ask, asked } = useAsk({ ...filter, purpose }, onClose);
  const lacking = data && data.lacking > 0 ? lackingWords(data.lacking) : null;
  return (
    <FormDialog
      title="Ask the proposer about these pairs"
      description="Of the accepted pairs that the filters show, those that lack it are asked. Each is one call and counts towards the token budget; what the budget does not cover waits. What people wrote stays."
      submit={lacking ? `Ask about ${lacking}` : "Ask"}
      busy={ask.isPending && (asked > 0 ? `Asking, ${asked} so far` : "Asking")}
      notReady={data ? data.lacking === 0 && "All answered or asked" : "Counting"}
      problem={ask.error?.message}
      onSubmit={() => ask.mutate()}
      onClose={onClose}
    >
      <fieldset className="grid gap-1 text-13" disabled={ask.isPending}>
        <legend className="sr-only">What is asked</legend>
        {PAIR_QUESTIONS.map((question) => (
          <label key={question} className="flex min-h-6 cursor-pointer items-center gap-2">
            <input
              type="radio"
              name="question"
              checked={purpose === question}
              ref={question === first ? focus : null}
              onChange={() => setPurpose(question)}
              className="size-4 shrink-0 accent-accent"
            />
            {QUESTION_WORDS[question]}
          </label>
        ))}
      </fieldset>
    </FormDialog>
  );
}

/** Closed in between, what was asked is asked, and a second press asks the rest. */
function useAsk(input: AskAll, onDone: () => void) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const toast = useToast();
  const [asked, setAsked] = useState(0);
  const refresh = () =>
    Promise.all([
      queries.invalidateQueries(trpc.mining.listWaiting.pathFilter()),
      queries.invalidateQueries(trpc.mining.countMissingAnswers.pathFilter()),
    ]);
  const ask = useMutation({
    mutationFn: () => askAll(client, input, setAsked),
    async onSuccess(sum) {
      toast(sum === 0 ? "All of them are asked already" : `${many(sum, "pair")} asked about`);
      await refresh();
      onDone();
    },
    onError: refresh,
  });
  return { ask, asked };
}

const lackingWords = (lacking: number): string =>
  lacking >= MOST_LACKING
    ? `${MOST_LACKING.toLocaleString("en-GB")} pairs or more`
    : many(lacking, "pair");
