"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPCClient } from "@/app/_trpc/client";
import { useRefusal } from "@/app/_trpc/use-refusal";
import { Button } from "@/app/_ui/button";
import { Link } from "@/app/_ui/link";
import { many } from "../../../_board/board-words";
import { askAll } from "../../../pairs/_pairs/ask-all";

const LACK = {
  drawing_order: {
    what: "no drawing order. Without it MoCE draws A first, which seldom repairs.",
    press: "Ask for it",
    known: "The drawing order is known now.",
  },
  reword_prompts: {
    what: "no prompts in other words. Without them nothing can be drawn.",
    press: "Ask for them",
    known: "The prompts in other words are there now.",
  },
} as const;

export type WordsMissingProps = {
  project: string;
  /** Those chosen, where a chosen generator is told it. */
  pairs: readonly { pairId: string; isKnown: boolean }[];
  ask: keyof typeof LACK;
};

/** What a chosen generator is told of pairs and some lack: asked for here, and told when it has come. */
export function WordsMissing({ project, pairs, ask: purpose }: WordsMissingProps) {
  const client = useTRPCClient();
  const refused = useRefusal(project);
  const [askedIds, setAskedIds] = useState<ReadonlySet<string>>(new Set());
  const [sum, setSum] = useState(0);
  const ask = useMutation({
    mutationFn: (ids: string[]) =>
      askAll(client, { project, state: "accepted", purpose, pairIds: ids }, setSum),
    onSuccess: (_, ids) => setAskedIds(new Set([...askedIds, ...ids])),
    onError: refused,
  });
  const { what, press, known } = LACK[purpose];
  const lacking = pairs.flatMap(({ pairId, isKnown }) => (isKnown ? [] : [pairId]));
  const unasked = lacking.filter((id) => !askedIds.has(id));
  const isAnswered = pairs.some(({ pairId }) => askedIds.has(pairId));
  if (lacking.length === 0 && !isAnswered) return null;
  return (
    <p className="mb-1 flex flex-wrap items-center gap-x-2 text-13" aria-live="polite">
      {lacking.length > 0 ? (
        <span>
          {many(lacking.length, "of these pairs has", "of these pairs have")} {what}
        </span>
      ) : (
        known
      )}
      {unasked.length > 0 ? (
        <Button
          size={26}
          busy={ask.isPending && (sum > 0 ? `Asking, ${sum} so far` : "Asking")}
          onClick={() => ask.mutate(unasked)}
        >
          {press}
        </Button>
      ) : null}
      {lacking.length > 0 && unasked.length === 0 ? (
        <span>
          Asked: the answers come in by themselves.{" "}
          <Link href={`/p/${project}/pairs`} className="link">
            What waits stands here
          </Link>
        </span>
      ) : null}
    </p>
  );
}
