"use client";

import { CloudOff } from "lucide-react";
import { useLostAt } from "@/app/_trpc/live";
import { useNow } from "@/app/_ui/use-now";

// A stream that is only opened anew is back before anybody needs to know.
const PATIENCE_MS = 2_000;

/** Says on every page that follows by itself that the server is gone and the page is old; leaves when it is back. */
export function LostServer() {
  const lostAt = useLostAt();
  return (
    <div role="status" className="sticky top-(--bar) z-20">
      {lostAt === null ? null : <Lost at={lostAt} />}
    </div>
  );
}

function Lost({ at }: { at: number }) {
  if (useNow() - at < PATIENCE_MS) return null;
  return (
    <p className="flex items-center gap-2 border-b border-warn bg-warn-tint px-6 py-1.5 text-13 text-ink max-[700px]:px-4 [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-warn">
      <CloudOff aria-hidden />
      <span>
        <b>The server has not answered since {new Date(at).toLocaleTimeString("en-GB")}.</b> What is
        shown may be old. It follows again by itself once the server is back.
      </span>
    </p>
  );
}
