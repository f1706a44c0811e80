import type { ReactNode } from "react";
import { Link } from "@/app/_ui/link";

export type WorkLineProps = {
  state: ReactNode;
  what: string;
  reason?: string | null;
  actions?: ReactNode;
};

/** One piece of the proposer's work: how it stands, what it is, why it waits, what can be done. */
export function WorkLine({ state, what, reason, actions }: WorkLineProps) {
  return (
    <div className="flex items-start gap-4 px-3.5 py-2 max-md:flex-col max-md:gap-1.5">
      <span className="w-28 shrink-0 pt-0.5">{state}</span>
      <span className="min-w-0 flex-1 wrap-anywhere">
        <b>{what}</b>
        {reason ? <span className="block text-ink-2">{reason}</span> : null}
      </span>
      <span className="flex shrink-0 items-center gap-2 max-md:flex-wrap">{actions}</span>
    </div>
  );
}

export function ExchangeLink(props: { project: string; exchangeId: string | null }) {
  if (!props.exchangeId) return null;
  return (
    <Link href={`/p/${props.project}/exchanges/${props.exchangeId}`} className="link">
      What it answered
    </Link>
  );
}
