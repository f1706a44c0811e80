"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { TimeAgo } from "@/app/_ui/time-ago";
import { useToast } from "@/app/_ui/toaster";
import type { BoardSuggestions } from "@/server/project/board/read-suggestions";
import { many } from "./board-words";

export type SuggestionsProps = { project: string; suggestions: BoardSuggestions | null };

/** Where the next batches would pay, each with its reason; nothing is asked for before a person presses. */
export function Suggestions({ project, suggestions }: SuggestionsProps) {
  const { suggest, take } = useSuggestions(project);
  return (
    <section aria-label="Suggestions" className="mt-4">
      <div className="mb-1 flex items-center gap-2.5">
        <h2>What to ask for next</h2>
        <Button
          size={26}
          busy={suggest.isPending && "Drawing"}
          onClick={() => suggest.mutate({ project })}
        >
          {suggestions ? "Suggest again" : "Suggest"}
        </Button>
        {suggestions ? (
          <span className="small-print">
            suggested <TimeAgo at={suggestions.at} />
          </span>
        ) : null}
      </div>
      {suggestions && suggestions.items.length > 0 ? (
        <ul className="divide-y divide-line">
          {suggestions.items.map((item) => (
            <li
              key={`${item.patternId} ${item.strategy}`}
              className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-3 py-1.5"
            >
              <span className="min-w-0">
                <b className="block truncate">{item.pattern}</b>
                <span className="small-print">{item.reason}</span>
              </span>
              <Button
                size={26}
                busy={isTaking(take, item) && "Asking"}
                onClick={() => {
                  const { patternId, strategy } = item;
                  take.mutate({
                    project,
                    allocationId: suggestions.allocationId,
                    patternId,
                    strategy,
                  });
                }}
              >
                {item.strategy === "direct"
                  ? `Ask for ${many(item.pairs, "pair")}`
                  : "Ask for two sets"}
              </Button>
            </li>
          ))}
        </ul>
      ) : (
        <p className="small-print">
          {suggestions
            ? "Everything suggested was taken up. "
            : "Thompson sampling draws the patterns that promise most Level 5 per rater minute. "}
          You decide; a pattern with few rated pairs comes first.
        </p>
      )}
    </section>
  );
}

type Item = BoardSuggestions["items"][number];

function isTaking(take: ReturnType<typeof useSuggestions>["take"], item: Item): boolean {
  const asked = take.variables;
  return take.isPending && asked?.patternId === item.patternId && asked.strategy === item.strategy;
}

function useSuggestions(project: string) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const onSettled = () => queries.invalidateQueries(trpc.project.board.queryFilter({ project }));
  const onError = (error: { message: string }) => toast(error.message, { tone: "bad" });
  return {
    suggest: useMutation(trpc.mining.suggestBatches.mutationOptions({ onSettled, onError })),
    take: useMutation(trpc.mining.takeSuggestion.mutationOptions({ onSettled, onError })),
  };
}
