import { useMutationState } from "@tanstack/react-query";
import { TRPCClientError } from "@trpc/client";
import type { SaveState } from "@/app/_ui/save-chip";

/** Only what never reached the server is sent again: it gave no answer to go by. */
export const mayArriveLater = (_: number, error: Error) =>
  error instanceof TRPCClientError && !error.data;

/** Whether all that was said under this key has reached the server. */
export function useSaveState(mutationKey: string[]): SaveState {
  const pending = useMutationState({
    filters: { mutationKey, status: "pending" },
    select: ({ state }) => state.failureCount > 0 || !navigator.onLine,
  });
  if (pending.length === 0) return { kind: "saved" };
  return pending.some(Boolean) ? { kind: "offline", queued: pending.length } : { kind: "saving" };
}
