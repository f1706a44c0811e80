import { Check, CircleDashed, Clock, X } from "lucide-react";
import { cx } from "@/app/_ui/cx";
import { PairName } from "@/app/_ui/pair-name";
import { StateLabel } from "@/app/_ui/state-label";
import type { ReviewItem } from "@/server/mining/review-queue";
import type { Choice } from "./review-state";
import type { Reviewing } from "./use-review";

const JUST_DONE = 3;
const ROW =
  "grid w-full grid-cols-[16px_minmax(0,1fr)] items-center gap-2 border-l-3 px-4 py-1.5 text-left leading-[18px]";
const CHOICE_ICON = { accept: Check, reject: X, set_aside: Clock } satisfies Record<
  Choice["kind"],
  typeof Check
>;

export function ReviewQueue({ review }: { review: Reviewing }) {
  const { open, current, state } = review;
  const position = open.findIndex(({ id }) => id === current?.id) + 1;
  return (
    <nav
      aria-label="Review queue"
      className="overflow-auto border-r border-line bg-surface py-3 text-13"
    >
      <div className="flex items-baseline justify-between px-4">
        <h2>{open.length === 0 ? "0 left" : `${position} of ${open.length}`}</h2>
        {state.decided.length > 0 ? (
          <span className="small-print">{state.decided.length} just done</span>
        ) : null}
      </div>
      <ul className="mt-2">
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
      {groups(open).map((group) => (
        <section key={group.key} aria-label={group.title}>
          <p className="small-print flex justify-between gap-2 px-4 pt-3 pb-1">
            <span className="truncate">{group.title}</span>
            <span className="whitespace-nowrap">{group.batch}</span>
          </p>
          <ul>
            {group.items.map((item) => (
              <li key={item.id}>
                <QueueRow
                  item={item}
                  isCurrent={item.id === current?.id}
                  onPick={() => review.lookAt(item)}
                />
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

type QueueRowProps = { item: ReviewItem; isCurrent: boolean; onPick: () => void };

function QueueRow({ item, isCurrent, onPick }: QueueRowProps) {
  return (
    <button
      type="button"
      // Only the current row follows the keys into view; the browser scrolls just enough.
      ref={(row) => {
        if (isCurrent) row?.scrollIntoView({ block: "nearest" });
      }}
      aria-current={isCurrent || undefined}
      onClick={onPick}
      className={cx(
        ROW,
        "focus-visible:-outline-offset-4",
        isCurrent ? "border-accent bg-accent-tint" : "border-transparent hover:bg-surface-hover",
      )}
    >
      <CircleDashed aria-hidden className="size-3.5 text-ink-2" />
      <span className="truncate">
        <PairName a={item.a} b={item.b} />
      </span>
      {item.twin ? (
        <StateLabel kind="near-limit" className="col-start-2">
          Looks like a twin
        </StateLabel>
      ) : null}
    </button>
  );
}

function groups(items: readonly ReviewItem[]) {
  const found: { key: string; title: string; batch: string; items: ReviewItem[] }[] = [];
  for (const item of items) {
    const key = `${item.patternId} ${item.batchId}`;
    const last = found.at(-1);
    if (last?.key === key) last.items.push(item);
    else {
      const batch = item.batchNumber ? `batch ${item.batchNumber}` : "";
      found.push({ key, title: item.pattern, batch, items: [item] });
    }
  }
  return found;
}
