"use client";

import { useState } from "react";
import { useTRPCClient } from "@/app/_trpc/client";
import type { Table } from "@/app/(rate)/_session/table";

/** Whether the guidelines changed since this rater last read them; said until they read it or wave it away. */
export function useNewGuidelines(table: Table | null) {
  const { rating } = useTRPCClient();
  const [read, setRead] = useState<number | null>(null);
  const guideline = table?.view.guideline;
  const isRead = guideline !== undefined && read !== null && read >= guideline.version;
  const markRead = () => {
    if (!table || isRead) return;
    const { project } = table.view;
    const { version } = table.view.guideline;
    setRead(version);
    // Offline it is said once more on another day.
    rating.readGuidelines.mutate({ project, version }).catch(() => setRead(version));
  };
  return { isNew: guideline?.isNew === true && !isRead, markRead };
}
