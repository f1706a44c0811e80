"use client";

import { useEffect, useState } from "react";

/** True while another tab of this browser has the same sitting open. */
export function useOtherTab(sittingId: string | null): boolean {
  const [shared, setShared] = useState<string | null>(null);
  // Tabs tell each other over a channel of the browser.
  useEffect(() => {
    if (!sittingId) return;
    const channel = new BroadcastChannel("teacup-open-sittings");
    channel.onmessage = ({ data }: MessageEvent<{ sittingId: string; says: string }>) => {
      if (data.sittingId !== sittingId) return;
      const isGone = data.says === "closed";
      setShared(isGone ? null : sittingId);
      if (data.says === "opened") channel.postMessage({ sittingId, says: "here too" });
      // Others may be left beside the one that went.
      if (isGone) channel.postMessage({ sittingId, says: "opened" });
    };
    channel.postMessage({ sittingId, says: "opened" });
    return () => {
      channel.postMessage({ sittingId, says: "closed" });
      channel.close();
    };
  }, [sittingId]);
  return shared !== null && shared === sittingId;
}
