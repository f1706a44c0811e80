import {
  Check,
  CircleDashed,
  Clock,
  Hand,
  Info,
  LoaderCircle,
  Lock,
  type LucideIcon,
  Pause,
  TriangleAlert,
  X,
} from "lucide-react";
import type { ReactNode } from "react";
import { cx } from "./cx";

export type StateKind =
  | "done"
  | "waits"
  | "rendering"
  | "queued"
  | "waiting-others"
  | "near-limit"
  | "failed"
  | "paused"
  | "closed"
  | "info";

const LOOK = {
  done: { icon: Check, tone: "text-good", word: "Done" },
  waits: { icon: Hand, tone: "text-accent", word: "Waits for you" },
  rendering: { icon: LoaderCircle, tone: "text-accent", word: "Rendering" },
  queued: { icon: CircleDashed, tone: "text-ink-2", word: "Queued" },
  "waiting-others": { icon: Clock, tone: "text-ink-2", word: "Waits for others" },
  "near-limit": { icon: TriangleAlert, tone: "text-warn", word: "Near the limit" },
  failed: { icon: X, tone: "text-bad", word: "Failed" },
  paused: { icon: Pause, tone: "text-ink-2", word: "Paused" },
  closed: { icon: Lock, tone: "text-ink-3", word: "Not open" },
  info: { icon: Info, tone: "text-ink-2", word: "Note" },
} satisfies Record<StateKind, { icon: LucideIcon; tone: string; word: string }>;

export type StateLabelProps = {
  kind: StateKind;
  /** Other words than the kind's own. */
  children?: ReactNode;
  className?: string;
};

/** Icon and word, never colour alone. */
export function StateLabel({ kind, children, className }: StateLabelProps) {
  const { icon: Icon, tone, word } = LOOK[kind];
  return (
    <span
      className={cx(
        "inline-flex items-center gap-[5px] align-middle text-12 whitespace-nowrap",
        tone,
        className,
      )}
    >
      <Icon aria-hidden className="size-3.5 shrink-0" />
      {children ?? word}
    </span>
  );
}
