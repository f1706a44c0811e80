"use client";

import { useEffect, useEffectEvent } from "react";
import { useTRPCClient } from "./client";
import { type LiveEvent, type LiveSource, subscribeLive } from "./live-stream";

/**
 * Calls `onEvent` for every change in the project, and with "resync" when some may have been missed.
 * All tabs of a browser share one stream (`live-stream.ts` is the external system).
 */
export function useLive(project: string, onEvent: (event: LiveEvent | "resync") => void): void {
  const client = useTRPCClient();
  const handle = useEffectEvent(onEvent);
  useEffect(() => {
    const source: LiveSource = (onData, onEnd) => {
      const stream = client.live.projects.subscribe(undefined, {
        onData,
        onComplete: onEnd,
        onError: onEnd,
      });
      return () => stream.unsubscribe();
    };
    return subscribeLive(source, (event) => {
      if (event === "resync" || event.project === project) handle(event);
    });
  }, [client, project]);
}
