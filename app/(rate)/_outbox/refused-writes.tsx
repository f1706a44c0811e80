"use client";

import { TriangleAlert } from "lucide-react";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { useOutbox, useOutboxStatus } from "./outbox-provider";
import { refusedGroups } from "./refused-groups";

/** What the server would not take, and why; kept in this browser until its rater lets it go. */
export function RefusedWrites() {
  const outbox = useOutbox();
  const { refused } = useOutboxStatus();
  const [isSure, setIsSure] = useState(false);
  if (refused.length === 0) return null;
  return (
    <div
      role="alert"
      className="flex min-h-9 items-center gap-2 border-b border-warn bg-warn-tint px-4 py-1 text-13 text-ink max-[700px]:flex-wrap"
    >
      <TriangleAlert aria-hidden className="size-4 shrink-0 text-warn" />
      <ul>
        {refusedGroups(refused).map(({ reason, says }) => (
          <li key={reason}>
            <b>{says} refused:</b> {reason}
          </li>
        ))}
      </ul>
      <span className="ml-auto flex shrink-0 gap-2">
        <Button size={26} onClick={() => void outbox?.retryRefused()}>
          Try again
        </Button>
        {isSure ? (
          <Button size={26} onClick={() => void outbox?.discardRefused()}>
            Discard for good
          </Button>
        ) : (
          <Button size={26} variant="quiet" onClick={() => setIsSure(true)}>
            Discard them
          </Button>
        )}
      </span>
    </div>
  );
}
