"use client";

import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useSyncExternalStore } from "react";
import { useTRPCClient } from "./client";
import {
  type LiveEvent,
  type LiveSource,
  readLostAt,
  subscribeLive,
  watchLiveState,
} from "./live-stream";

type Heard = LiveEvent | "resync";

const GATHER_MS = 300;

/**
 * Calls `onEvent` for what changes in the project, gathered to one call a topic, and with "resync" when
 * something may have been missed. All tabs of a browser share one stream (the external system: `live-stream.ts`).
 */
export function useLive(project: string, onEvent: (event: Heard) => void): void {
  const client = useTRPCClient();
  const queries = useQueryClient();
  const handle = useEffectEvent(onEvent);
  useEffect(() => {
    const source: LiveSource = (onData, onEnd, onAway) => {
      const stream = client.live.projects.subscribe(undefined, {
        onData,
        onComplete: onEnd,
        onError: onEnd,
        onConnectionStateChange: ({ state, error }) => {
          if (state === "connecting" && error) onAway();
        },
      });
      return () => stream.unsubscribe();
    };
    const gathered = gather(queries, handle);
    const leave = subscribeLive(source, (event) => {
      if (event === "resync" || event.project === project) gathered.add(event);
    });
    return () => {
      leave();
      gathered.stop();
    };
  }, [client, queries, project]);
}

/** Since when the stream is away and screens no longer follow by themselves; null while they do. */
export const useLostAt = (): number | null =>
  useSyncExternalStore(watchLiveState, readLostAt, () => null);

/**
 * A busy run tells of several renders a second, and reading anew ends the reading under way: without
 * waiting for it, a slow answer would never arrive.
 */
function gather(queries: QueryClient, handle: (event: Heard) => void) {
  const waiting = new Map<string, Heard>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const schedule = () => {
    timer ??= setTimeout(flush, GATHER_MS);
  };
  const flush = () => {
    timer = undefined;
    if (queries.isFetching() > 0) return schedule();
    const events = [...waiting.values()];
    waiting.clear();
    for (const event of events) handle(event);
  };
  return {
    add: (event: Heard) => {
      waiting.set(event === "resync" ? event : event.topic, event);
      schedule();
    },
    stop: () => clearTimeout(timer),
  };
}
