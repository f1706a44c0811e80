"use client";

import { SaveChip, type SaveState } from "@/app/_ui/save-chip";
import type { OutboxStatus } from "@/app/(rate)/_outbox/outbox";
import { useOutbox, useOutboxStatus } from "@/app/(rate)/_outbox/outbox-provider";

/** The save chip, fed by the outbox. */
export function SavedState() {
  const outbox = useOutbox();
  const status = useOutboxStatus();
  return <SaveChip state={saveState(status, () => outbox?.wake())} />;
}

function saveState({ pending, kept, state, refused }: OutboxStatus, retry: () => void): SaveState {
  if (state === "notKept" || state === "signedOut" || refused.length > 0) {
    return { kind: "failed", retry };
  }
  if (state === "offline") return { kind: "offline", queued: kept };
  return pending > 0 ? { kind: "saving" } : { kind: "saved" };
}
