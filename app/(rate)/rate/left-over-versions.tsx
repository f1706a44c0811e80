"use client";

import { skipToken, useMutation, useQuery } from "@tanstack/react-query";
import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { useTRPCClient } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { useOutbox, useOutboxStatus } from "@/app/(rate)/_outbox/outbox-provider";
import { findLeftOver } from "@/app/(rate)/_session/left-over";
import { settle, type TwoVersions } from "@/app/(rate)/_session/two-windows";
import { TwoVersionsDialog } from "./[sitting]/_room/two-versions-dialog";

/** A window that was closed before its rater had chosen between two versions of a grid: the choice is offered here. */
export function LeftOverVersions() {
  const { rating } = useTRPCClient();
  const outbox = useOutbox();
  const { conflicts } = useOutboxStatus();
  const [isOpen, setIsOpen] = useState(false);
  const states = [...conflicts].map(([windowKey, { version }]) => `${windowKey} ${version}`);
  const { data: found, error } = useQuery({
    queryKey: ["left-over versions", states],
    queryFn:
      outbox && states.length > 0
        ? () => findLeftOver(outbox, (of) => rating.sitting.query(of))
        : skipToken,
    gcTime: 0,
  });
  const pick = useMutation({
    networkMode: "always",
    mutationFn: async (picked: "mine" | "theirs") =>
      outbox && found ? settle(outbox, found, picked) : undefined,
    onSettled: () => setIsOpen(false),
  });
  if (error)
    return <Notice>{`What a closed window left cannot be shown: ${error.message}`}</Notice>;
  if (!found) return null;
  return (
    <>
      <Notice act={() => setIsOpen(true)}>{wordsOf(found)}</Notice>
      {isOpen ? (
        <TwoVersionsDialog versions={found} mine="closed window" onPick={pick.mutate} />
      ) : null}
    </>
  );
}

type NoticeProps = { act?: () => void; children: string };

function Notice({ act, children }: NoticeProps) {
  return (
    <p
      role="alert"
      className="flex min-h-9 items-center gap-2 border-b border-warn bg-warn-tint px-4 py-1 text-13 text-ink max-[700px]:flex-wrap"
    >
      <TriangleAlert aria-hidden className="size-4 shrink-0 text-warn" />
      {children}
      {act ? (
        <Button size={26} className="ml-auto shrink-0" onClick={act}>
          Compare the two
        </Button>
      ) : null}
    </p>
  );
}

const wordsOf = ({ table: { view } }: TwoVersions): string =>
  `${view.conceptA}, ${view.conceptB} was rated in a window that is closed, and in another one. Pick the version that counts.`;
