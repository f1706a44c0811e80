import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { mayArriveLater, useSaveState } from "@/app/_trpc/send-in-order";
import { useToast } from "@/app/_ui/toaster";
import type { ReadyLook } from "@/server/generation/list-looks";
import {
  currentLook,
  type Judged,
  type Judgement,
  judged,
  lookedAt,
  looksAhead,
  moved,
  openLooks,
  START,
  toggled,
  withoutJudgement,
} from "./look-state";
import { lookName } from "./look-words";

const AHEAD = 2;

/** The looks as the person sees them now; what they say is sent behind their back, in order. */
export function useLooks(project: string) {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const toast = useToast();
  const listOptions = trpc.generation.listLooks.queryOptions({ project });
  const { data } = useSuspenseQuery(listOptions);
  const [state, setState] = useState(START);
  const open = openLooks(data.ready, state);
  const current = currentLook(open, state);
  const sending = ["looks", project];
  const refresh = () => queries.invalidateQueries(trpc.generation.pathFilter());

  // One scope sends one after the other: an undo must not overtake what it takes back.
  const shared = { scope: { id: sending.join(" ") }, mutationKey: sending, retry: mayArriveLater };
  const send = useMutation({
    ...shared,
    mutationFn: ({ look, judgement }: Judged) =>
      client.generation.judgeLook.mutate({ project, lookId: look.id, ...copied(judgement) }),
    onError: (error, { look }) => {
      toast(`${lookName(look)}: ${error.message}`, { tone: "bad" });
      setState((before) => withoutJudgement(before, look.id));
      void refresh();
    },
  });
  const recall = useMutation({
    ...shared,
    mutationFn: (look: ReadyLook) =>
      client.generation.undoLook.mutate({ project, lookId: look.id }),
    onError: (error) => toast(error.message, { tone: "bad" }),
    onSettled: () => refresh(),
  });

  return {
    data,
    open,
    current,
    state,
    ahead: looksAhead(open, state, AHEAD),
    saveState: useSaveState(sending),
    lookAt: (look: ReadyLook) => setState((before) => lookedAt(before, look.id)),
    move: (by: 1 | -1) => setState((before) => moved(open, before, by)),
    toggle: (place: number) => setState((before) => toggled(before, place)),
    judge: (judgement: Judgement) => {
      if (current?.kind !== judgement.kind) return;
      const entry = { look: current, judgement };
      setState((before) => judged(open, before, entry));
      send.mutate(entry);
    },
    undo: () => {
      const last = state.judged.at(-1);
      if (!last) return;
      queries.setQueryData(listOptions.queryKey, (known) => known && withLook(known, last.look));
      setState((before) => withoutJudgement(before, last.look.id));
      recall.mutate(last.look);
    },
  };
}

export type Looking = ReturnType<typeof useLooks>;

const copied = (judgement: Judgement) =>
  judgement.kind === "capability" ? { ...judgement, wrong: [...judgement.wrong] } : judgement;

const withLook = <List extends { ready: ReadyLook[] }>(list: List, look: ReadyLook): List =>
  list.ready.some(({ id }) => id === look.id) ? list : { ...list, ready: [look, ...list.ready] };
