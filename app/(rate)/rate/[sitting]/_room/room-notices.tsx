"use client";

import { TriangleAlert } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { Button } from "@/app/_ui/button";
import { ButtonLink } from "@/app/_ui/button-link";
import { Key } from "@/app/_ui/key";
import type { Outbox } from "@/app/(rate)/_outbox/outbox";
import { useOutbox, useOutboxStatus } from "@/app/(rate)/_outbox/outbox-provider";
import { RefusedWrites } from "@/app/(rate)/_outbox/refused-writes";
import type { Table } from "@/app/(rate)/_session/table";
import type { KeyNames } from "./use-key-labels";

export type RoomNoticesProps = {
  isSeatLost: boolean;
  isOpenElsewhere: boolean;
  sittingId: string | null;
  submitted: Table["submitted"];
  isBreakDue: boolean;
  onGoOn: () => void;
  hasNewGuidelines: boolean;
  keys: KeyNames;
  onGuidelines: () => void;
  onGuidelinesKnown: () => void;
};

/** What needs a decision of the rater, in one line each, below the bar and never over an image. */
export function RoomNotices({
  isSeatLost,
  isOpenElsewhere,
  sittingId,
  submitted,
  isBreakDue,
  onGoOn,
  keys,
  ...news
}: RoomNoticesProps) {
  const { state, kept } = useOutboxStatus();
  useUnsentWarning(useOutbox());
  return (
    <div>
      {state === "signedOut" ? (
        <Line
          action={
            <ButtonLink size={26} href={`/sign-in?returnTo=/rate/${sittingId ?? ""}`}>
              Sign in
            </ButtonLink>
          }
        >
          You are signed out. {kept} changes are kept in this browser and are sent once you sign in
          again.
        </Line>
      ) : null}
      {state === "notKept" ? (
        <Line>
          This browser has no room to keep your verdicts. Free some disk space, then reload before
          you go on.
        </Line>
      ) : null}
      <RefusedWrites />
      {submitted ? (
        <p className="border-b border-line bg-surface px-4 py-1 text-13 text-ink-2">
          {submitted === "stands"
            ? "You submitted this grid before, and it counts as it stands. Once you change it, it counts again when you submit it."
            : "You submitted this grid before. It counts again once you submit it."}
        </p>
      ) : null}
      {isBreakDue ? (
        <Line
          action={
            <Button size={26} variant="quiet" onClick={onGoOn}>
              Go on
            </Button>
          }
        >
          You have judged for a while without a pause. Five minutes keep verdicts steady; nothing is
          lost.
        </Line>
      ) : null}
      {news.hasNewGuidelines ? (
        <Line
          action={
            <>
              <Button size={26} onClick={news.onGuidelines}>
                Read them <Key>{keys.name("KeyH")}</Key>
              </Button>
              <Button size={26} variant="quiet" onClick={news.onGuidelinesKnown}>
                Dismiss
              </Button>
            </>
          }
        >
          The guidelines changed since you last read them.
        </Line>
      ) : null}
      {isSeatLost ? (
        <Line>
          Your place at this grid went to another rater while you were away. You can still finish:
          your verdicts count as extra.
        </Line>
      ) : null}
      {isOpenElsewhere ? (
        <Line>
          This grid is open in another tab. Rate in one of them: where both judge, you are asked
          which version counts.
        </Line>
      ) : null}
    </div>
  );
}

function Line({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return (
    <div
      role="alert"
      className="flex min-h-9 items-center gap-2 border-b border-warn bg-warn-tint px-4 py-1 text-13 text-ink"
    >
      <TriangleAlert aria-hidden className="size-4 shrink-0 text-warn" />
      <span>{children}</span>
      <span className="ml-auto flex shrink-0 gap-2">{action}</span>
    </div>
  );
}

/** The browser itself asks before a page with unsent changes is left. */
function useUnsentWarning(outbox: Outbox | null) {
  useEffect(() => {
    if (!outbox) return;
    const ask = (event: BeforeUnloadEvent) => event.preventDefault();
    const stopAsking = () => window.removeEventListener("beforeunload", ask);
    const look = () =>
      outbox.status().pending > 0 ? window.addEventListener("beforeunload", ask) : stopAsking();
    look();
    const stopLooking = outbox.subscribe(look);
    return () => {
      stopLooking();
      stopAsking();
    };
  }, [outbox]);
}
