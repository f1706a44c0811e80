"use client";

import { useEffect, useState } from "react";
import { useTRPCClient } from "@/app/_trpc/client";
import { useOutbox } from "@/app/(rate)/_outbox/outbox-provider";
import { ratingPort } from "@/app/(rate)/_session/rating-port";
import { createSession, type RatingSession } from "@/app/(rate)/_session/rating-session";
import type { SittingView } from "@/app/(rate)/_session/table";
import { watchPage } from "./watch-page";

/** The session that begins with the page's sitting; null until this browser's outbox is open. */
export function useSession(view: SittingView): RatingSession | null {
  const outbox = useOutbox();
  const client = useTRPCClient();
  const [session, setSession] = useState<RatingSession | null>(null);
  // The page shows many sittings in turn; only the one it was opened with starts a session.
  const [first] = useState(view);

  // A session holds seats, a heartbeat and the page's visibility, all of them outside React.
  useEffect(() => {
    if (!outbox) return;
    const opened = createSession(first, ratingPort(client, first.project), outbox);
    const stop = watchPage(opened);
    void opened.start();
    setSession(opened);
    return () => {
      stop();
      opened.close();
      setSession(null);
    };
  }, [outbox, client, first]);
  return session;
}
