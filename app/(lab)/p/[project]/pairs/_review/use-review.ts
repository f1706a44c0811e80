import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { mayArriveLater, useSaveState } from "@/app/_trpc/send-in-order";
import { useToast } from "@/app/_ui/toaster";
import type { ReviewItem } from "@/server/mining/review/review-queue";
import {
  type Choice,
  currentItem,
  decided,
  moved,
  type ReviewMode,
  type ReviewState,
  START,
  type Words,
  withDraft,
  withoutDecision,
  withoutDraft,
} from "./review-state";
import { sendDecision, takeBack } from "./send-decision";
import { useReviewItems } from "./use-review-items";

type Change = (change: (before: ReviewState) => ReviewState) => void;

/** The queue as the person sees it now; what they decide is sent behind their back, in order. */
export function useReview(project: string) {
  const [state, setState] = useState(START);
  const { open, hasMore, reword, giveBack } = useReviewItems(project, state.decided);
  const current = currentItem(open, state);
  const { send, recall, save, saveState } = useSending(project, setState);

  return {
    open,
    hasMore,
    current,
    state,
    saveState,
    setMode: (mode: ReviewMode) =>
      setState((before) => ({ ...before, mode, currentId: current?.id ?? null })),
    lookAt: (item: ReviewItem) =>
      setState((before) => ({ ...before, currentId: item.id, mode: "look" })),
    move: (by: 1 | -1) => setState((before) => moved(open, before, by)),
    decide: (choice: Choice) => {
      if (!current) return;
      const entry = { item: current, choice };
      setState((before) => decided(open, before, entry));
      send.mutate(entry);
    },
    undo: () => {
      const last = state.decided.at(-1);
      if (!last) return;
      giveBack(last.item);
      setState((before) => withoutDecision(before, last.item.id));
      recall.mutate(last.item);
    },
    /** Leaves the words as the server has them. */
    leaveEdit: () => {
      if (!current) return;
      refused.delete(current.id);
      setState((before) => ({ ...withoutDraft(before, current.id), mode: "look" }));
    },
    edit: (words: Words) => {
      if (!current) return;
      reword(current.id, words);
      setState((before) => ({
        ...withoutDraft(before, current.id),
        currentId: current.id,
        mode: "look",
      }));
      save.mutate({ item: current, words });
    },
  };
}

// Words that the server refused, by item: what was decided upon them must not be carried out.
const refused = new Set<string>();

/** One scope sends one after the other: an undo must not overtake what it takes back. */
function useSending(project: string, setState: Change) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const toast = useToast();
  const key = ["review", project];
  const refresh = () => queries.invalidateQueries(trpc.mining.pathFilter());
  const shared = { scope: { id: key.join(" ") }, mutationKey: key, retry: mayArriveLater };

  const send = useMutation({
    ...shared,
    mutationFn: ({ item, choice }: { item: ReviewItem; choice: Choice }) => {
      if (refused.has(item.id)) throw new Error("Its new words were refused. Look at it again.");
      return sendDecision(client, project, item, choice);
    },
    onError: (error, { item }) => {
      toast(`${item.a} × ${item.b}: ${error.message}`, { tone: "bad" });
      setState((before) => withoutDecision(before, item.id));
      void refresh();
    },
  });
  const recall = useMutation({
    ...shared,
    mutationFn: (item: ReviewItem) => takeBack(client, project, item),
    onError: (error) => toast(error.message, { tone: "bad" }),
    onSettled: () => refresh(),
  });
  const save = useMutation({
    ...shared,
    mutationFn: ({ item, words }: { item: ReviewItem; words: Words }) =>
      client.mining.editPair.mutate({ project, pairId: item.pairId ?? item.id, ...words }),
    onSuccess: (_, { item }) => {
      refused.delete(item.id);
      void queries.invalidateQueries(trpc.mining.reviewCase.pathFilter());
    },
    onError: (error, { item, words }) => {
      refused.add(item.id);
      toast(`${words.a} × ${words.b}: ${error.message}`, { tone: "bad" });
      setState((before) => withDraft(before, item.id, { words, problem: error.message }));
      void refresh();
    },
  });
  return { send, recall, save, saveState: useSaveState(key) };
}

export type Reviewing = ReturnType<typeof useReview>;
