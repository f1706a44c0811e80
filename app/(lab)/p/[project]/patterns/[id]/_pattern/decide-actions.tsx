"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Key } from "@/app/_ui/key";
import { useKeys } from "@/app/_ui/use-keys";
import type { PatternDetail } from "@/server/mining/pattern-detail";
import { ApproveAsDialog } from "./approve-as-dialog";
import { MergeDialog } from "./merge-dialog";
import { RejectDialog } from "./reject-dialog";
import { useApprove } from "./use-approve";

export type DecideProps = { project: string; detail: PatternDetail };
type Asking = "approve" | "merge" | "reject";

/** A person's word on a proposed pattern; then the next one that waits, or back to the tree. */
export function DecideActions({ project, detail }: DecideProps) {
  const [asking, setAsking] = useState<Asking | null>(null);
  const goOn = useGoOn(project, detail.pattern.id);
  const approve = useApprove(detail.examples, goOn);
  const patternId = detail.pattern.id;
  const acts: Record<string, () => void> = {
    a: () => approve.mutate({ project, patternId }),
    e: () => setAsking("approve"),
    m: () => setAsking("merge"),
    x: () => setAsking("reject"),
  };
  useKeys((key) => (asking || approve.isPending ? null : (acts[key.toLowerCase()] ?? null)));
  const dialog = { project, detail, onDone: goOn, onClose: () => setAsking(null) };

  return (
    <>
      <Button variant="primary" busy={approve.isPending && "Approving"} onClick={acts.a}>
        Approve <Key onAccent>A</Key>
      </Button>
      <Button onClick={acts.e}>
        Edit and approve <Key>E</Key>
      </Button>
      <Button onClick={acts.m}>
        Merge <Key>M</Key>
      </Button>
      <Button onClick={acts.x}>
        Reject <Key>X</Key>
      </Button>
      {asking === "approve" ? <ApproveAsDialog {...dialog} /> : null}
      {asking === "merge" ? <MergeDialog {...dialog} /> : null}
      {asking === "reject" ? <RejectDialog {...dialog} /> : null}
    </>
  );
}

export type DecideDialogProps = DecideProps & { onDone: () => void; onClose: () => void };

function useGoOn(project: string, patternId: string): () => void {
  const trpc = useTRPC();
  const router = useRouter();
  const { data: patterns } = useSuspenseQuery(trpc.mining.listPatterns.queryOptions({ project }));
  const next = patterns.find(({ id, state }) => state === "proposed" && id !== patternId);
  return () => router.push(`/p/${project}/patterns${next ? `/${next.id}` : ""}`);
}
