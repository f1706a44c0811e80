"use client";

import { useMutation } from "@tanstack/react-query";
import { CornerDownLeft } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPCClient } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Key } from "@/app/_ui/key";
import { useOutbox } from "@/app/(rate)/_outbox/outbox-provider";
import { leftBehind } from "@/app/(rate)/_session/table";
import type { Queue } from "./queue-list";

export type StartButtonProps = { queue: Queue; isFirst: boolean };

/** The first one has the focus, so that Enter starts. */
export function StartButton({ queue, isFirst }: StartButtonProps) {
  const { rating } = useTRPCClient();
  const outbox = useOutbox();
  const router = useRouter();
  const [said, setSaid] = useState<string | null>(null);
  const claim = useMutation({
    networkMode: "always",
    async mutationFn() {
      // What was finished but not sent yet must not come back.
      const besides = leftBehind((await outbox?.pendingItems()) ?? []);
      return rating.next.mutate({ project: queue.project, besides });
    },
    onSuccess(next) {
      if (!next) setSaid("Others have the open ones just now.");
      else if ("refused" in next) setSaid(next.refused);
      else router.push(`/rate/${next.id}`);
    },
  });
  const isBegun = queue.begun > 0 || queue.done > 0;
  return (
    <span className="flex items-center gap-3">
      {claim.error ? (
        <span role="alert" className="text-12 text-bad">
          {claim.error.message}
        </span>
      ) : null}
      {said ? <span className="small-print max-w-[360px]">{said}</span> : null}
      <Button
        autoFocus={isFirst}
        variant={isFirst ? "primary" : "outlined"}
        busy={claim.isPending || (claim.data && !said) ? "Opening" : false}
        onClick={() => claim.mutate()}
      >
        {isBegun ? "Continue" : "Start"}{" "}
        {isFirst ? (
          <Key onAccent>
            <CornerDownLeft aria-label="Enter" className="size-3" />
          </Key>
        ) : null}
      </Button>
    </span>
  );
}
