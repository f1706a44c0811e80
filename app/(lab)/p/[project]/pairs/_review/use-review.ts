import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { mayArriveLater, useSaveState } from "@/app/_trpc/send-in-order";
import { useToast } from "@/app/_ui/toaster";
import type { ReviewItem } from "@/server/mining/review-queue";
import type { EditPair } from "@/server/mining/schemas";
import {
  type Choice,
  currentItem,
  decided,
  moved,
  openItems,
  type ReviewMode,
  START,
  withoutDecision,
} from "./review-state";
import { sendDecision, takeBack } from "./send-decision";

type Words = Pick<EditPair, "a" | "b" | "latent">;

/** The queue as the person sees it now; what they decide is sent behind their back, in order. */
export function useReview(project: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const toast = useToast();
  const { data: items } = useSuspenseQuery(trpc.mining.reviewQueue.queryOptions({ project }));
  const [state, setState] = useState(START);
  const open = openItems(items, state);
  const current = currentItem(open, state);
  const queueKey = trpc.mining.reviewQueue.queryKey({ project });
  const sending = ["review", project];
  const refresh = () => queries.invalidateQueries(trpc.mining.pathFilter());

  // One scope sends one after the other: an undo must not overtake what it takes back.
  const shared = { scope: { id: sending.join(" ") }, mutationKey: sending, retry: mayArriveLater };
  const send = useMutation({
    ...shared,
    mutationFn: ({ item, choice }: { item: ReviewItem; choice: Choice }) =>
      sendDecision(client, project, item, choice),
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
    onError: (error) => {
      toast(error.message, { tone: "bad" });
      void refresh();
    },
  });

  return {
    open,
    current,
    state,
    saveState: useSaveState(sending),
    setMode: (mode: ReviewMode) => setState((before) => ({ ...before, mode })),
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
      queries.setQueryData(queueKey, (known) => withItem(known ?? [], last.item));
      setState((before) => withoutDecision(before, last.item.id));
      recall.mutate(last.item);
    },
    edit: (words: Words) => {
      if (!current) return;
      const { id } = current;
      queries.setQueryData(queueKey, (known) =>
        known?.map((item) => (item.id === id ? { ...item, ...words } : item)),
      );
      setState((before) => ({ ...before, mode: "look" }));
      save.mutate({ item: current, words });
    },
  };
}

export type Reviewing = ReturnType<typeof useReview>;

const withItem = (items: ReviewItem[], item: ReviewItem) =>
  items.some(({ id }) => id === item.id) ? items : [item, ...items];
