import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useSyncExternalStore } from "react";
import { useTRPC, useTRPCClient } from "@/app/_trpc/client";
import { useToast } from "@/app/_ui/toaster";
import type { AdjudicationView } from "@/server/adjudication/get-adjudication";
import type { Ruling } from "@/server/adjudication/schemas";
import { notReady, type Reasons } from "./rulings";
import {
  type Decided,
  draftName,
  EMPTY_DRAFT,
  keepDraft,
  readDraft,
  type SettleDraft,
  watchDrafts,
} from "./settle-draft";

export type Settling = { project: string; accountId: string; view: AdjudicationView };

/** What is chosen for a grid and why, kept until it is settled or discarded, and its way to the server. */
export function useSettling({ project, accountId, view }: Settling) {
  const toast = useToast();
  const name = draftName(accountId, view.gridId);
  const { chosen: kept, reasons } = useSyncExternalStore(
    watchDrafts,
    () => readDraft(name),
    () => EMPTY_DRAFT,
  );
  const images = new Set(view.images.map(({ imageId }) => imageId));
  const chosen = new Map([...kept].filter(([imageId]) => images.has(imageId)));
  const save = useSave({ project, view }, { chosen, reasons }, (isDone) =>
    keepDraft(name, isDone ? EMPTY_DRAFT : { chosen: new Map(), reasons }),
  );
  return {
    chosen,
    reasons,
    isSaving: save.isPending,
    choose: (imageId: string, verdict: Decided) =>
      keepDraft(name, { chosen: new Map(chosen).set(imageId, verdict), reasons }),
    setReasons: (changed: Reasons) => keepDraft(name, { chosen, reasons: changed }),
    discard: () => keepDraft(name, EMPTY_DRAFT),
    submit: () => {
      const missing = notReady(chosen.size, reasons);
      if (missing) return toast(missing, { tone: "bad" });
      if (!save.isPending) save.mutate();
    },
  };
}

function useSave(
  { project, view }: Omit<Settling, "accountId">,
  { chosen, reasons }: SettleDraft,
  onSaved: (isDone: boolean) => void,
) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const { adjudication } = useTRPCClient();
  return useMutation({
    async mutationFn() {
      const { reason, ...others } = reasons;
      if (reason === null) throw new Error("Settled without a reason");
      const rulings = [...chosen].map(
        ([imageId, verdict]): Ruling => ({ imageId, verdict, reason, ...others }),
      );
      const saved = await adjudication.adjudicate.mutate({ project, gridId: view.gridId, rulings });
      const { rows } = await adjudication.list.query({ project });
      return { ...saved, next: rows.find((row) => row.gridId !== view.gridId) };
    },
    async onSuccess({ open, next }) {
      onSaved(open === 0);
      await queries.invalidateQueries(trpc.adjudication.pathFilter());
      const pair = `${view.conceptA} × ${view.conceptB}`;
      toast(
        open === 0
          ? `${pair} is settled; its Level follows.`
          : `Saved; ${open} of ${pair} still open.`,
      );
      if (open > 0) return router.refresh();
      const queue = `/p/${project}/rating/adjudication`;
      router.push(next ? `${queue}/${next.gridId}` : queue);
    },
    onError: (error) => toast(error.message, { tone: "bad" }),
  });
}
