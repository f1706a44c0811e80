import { useVirtualizer } from "@tanstack/react-virtual";
import { Check, CircleDashed, Clock, X } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import { cx } from "@/app/_ui/cx";
import { PairName } from "@/app/_ui/pair-name";
import { StateLabel } from "@/app/_ui/state-label";
import type { ReviewItem } from "@/server/mining/review/review-queue";
import { lineHeight, queueLines } from "./queue-rows";
import type { Choice } from "./review-state";
import type { Reviewing } from "./use-review";

const JUST_DONE = 3;
const ROW =
  "grid w-full grid-cols-[16px_minmax(0,1fr)] items-center gap-x-2 border-l-3 px-4 py-1.5 text-left leading-[18px]";
const CHOICE_ICON = { accept: Check, variant: Check, reject: X, set_aside: Clock } satisfies Record<
  Choice["kind"],
  typeof Check
>;

export function ReviewQueue({ review }: { review: Reviewing }) {
  const { open, current, state, hasMore } = review;
  const position = open.findIndex(({ id }) => id === current?.id) + 1;
  const total = `${open.length.toLocaleString("en")}${hasMore ? "+" : ""}`;
  return (
    <nav
      aria-label="Review queue"
      className="flex min-h-0 flex-col border-r border-line bg-surface pt-3 text-13 max-md:h-32 max-md:border-r-0 max-md:border-b"
    >
      <div className="flex items-baseline justify-between px-4">
        <h2>{open.length === 0 ? "0 left" : `${position} of ${total}`}</h2>
        {state.decided.length > 0 ? (
          <span className="small-print">{state.decided.length} just done</span>
        ) : null}
      </div>
      <ul className="mt-2 max-md:hidden">
        {state.decided.slice(-JUST_DONE).map(({ item, choice }) => {
          const Icon = CHOICE_ICON[choice.kind];
          return (
            <li key={item.id} className={cx(ROW, "border-transparent text-ink-3")}>
              <Icon aria-label={choice.kind.replace("_", " ")} className="size-3.5" />
              <span className="truncate [&_b]:font-mid [&_b]:text-ink-3">
                <PairName a={item.a} b={item.b} />
              </span>
            </li>
          );
        })}
      </ul>
      <QueueList review={review} />
    </nav>
  );
}

/** Only the lines in sight are drawn, however many wait. */
function QueueList({ review: { open, current, lookAt } }: { review: Reviewing }) {
  const box = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => queueLines(open), [open]);
  const list = useVirtualizer({
    count: lines.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => {
      const line = lines[index];
      return line ? lineHeight(line) : 0;
    },
    getItemKey: (index) => lines[index]?.key ?? index,
    overscan: 8,
  });
  const at = lines.findIndex(({ key }) => key === current?.id);
  useEffect(() => {
    // The heading above a batch's first item comes into sight with it.
    if (at >= 0) list.scrollToIndex(lines[at - 1]?.kind === "head" ? at - 1 : at);
    if (at >= 0) list.scrollToIndex(at);
  }, [list, lines, at]);

  return (
    <div ref={box} className="min-h-0 flex-1 overflow-auto">
      <ul className="relative" style={{ height: list.getTotalSize() }}>
        {list.getVirtualItems().map(({ index, start, size }) => {
          const line = lines[index];
          if (!line) return null;
          const place = { transform: `translateY(${start}px)`, height: size };
          return line.kind === "head" ? (
            <li key={line.key} className="absolute inset-x-0 top-0" style={place}>
              <p className="small-print flex justify-between gap-2 px-4 pt-3 pb-1">
                <span className="truncate">{line.title}</span>
                <span className="whitespace-nowrap">{line.batch}</span>
              </p>
            </li>
          ) : (
            <li
              key={line.key}
              className="absolute inset-x-0 top-0"
              style={place}
              aria-setsize={open.length}
              aria-posinset={line.position}
            >
              <QueueRow
                item={line.item}
                isCurrent={line.key === current?.id}
                onPick={() => lookAt(line.item)}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}

type QueueRowProps = { item: ReviewItem; isCurrent: boolean; onPick: () => void };

function QueueRow({ item, isCurrent, onPick }: QueueRowProps) {
  return (
    <button
      type="button"
      aria-current={isCurrent || undefined}
      onClick={onPick}
      className={cx(
        ROW,
        "h-full focus-visible:-outline-offset-4",
        isCurrent ? "border-accent bg-accent-tint" : "border-transparent hover:bg-surface-hover",
      )}
    >
      <CircleDashed aria-hidden className="size-3.5 text-ink-2" />
      <span className="truncate">
        <PairName a={item.a} b={item.b} />
      </span>
      {item.step ? (
        <StateLabel kind="near-limit" className="col-start-2">
          Looks like a twin
        </StateLabel>
      ) : null}
    </button>
  );
}
