import { Check, CircleDashed, X } from "lucide-react";
import { cx } from "@/app/_ui/cx";
import type { ReadyLook } from "@/server/generation/list-looks";
import { LookName } from "./look-name";
import type { Judgement } from "./look-state";
import { StoppedLooks } from "./stopped-looks";
import type { Looking } from "./use-looks";

const JUST_DONE = 3;
const ROW =
  "grid w-full grid-cols-[16px_minmax(0,1fr)] items-center gap-2 border-l-3 px-4 py-1.5 text-left leading-[18px]";

const SECTIONS = [
  { kind: "precheck", title: "First looks at pairs" },
  { kind: "capability", title: "Concepts alone" },
] as const;

export type LookQueueProps = { project: string; looking: Looking };

export function LookQueue({ project, looking }: LookQueueProps) {
  const { open, current, state, data } = looking;
  const position = open.findIndex(({ id }) => id === current?.id) + 1;
  return (
    <nav
      aria-label="Looks that wait"
      className="overflow-auto border-r border-line bg-surface py-3 text-13 max-md:max-h-32 max-md:border-r-0 max-md:border-b"
    >
      <div className="flex items-baseline justify-between px-4">
        <h2>{open.length === 0 ? "0 left" : `${position} of ${open.length}`}</h2>
        {state.judged.length > 0 ? (
          <span className="small-print">{state.judged.length} just done</span>
        ) : null}
      </div>
      <ul className="mt-2">
        {state.judged.slice(-JUST_DONE).map(({ look, judgement }) => (
          <li key={look.id} className={cx(ROW, "border-transparent text-ink-3")}>
            <Done judgement={judgement} />
            <span className="truncate [&_b]:font-mid [&_b]:text-ink-3">
              <LookName look={look} />
            </span>
          </li>
        ))}
      </ul>
      {SECTIONS.map(({ kind, title }) => {
        const looks = open.filter((look) => look.kind === kind);
        if (looks.length === 0) return null;
        return (
          <section key={kind} aria-label={title}>
            <p className="small-print px-4 pt-3 pb-1">{title}</p>
            <ul>
              {looks.map((look) => (
                <li key={look.id}>
                  <Row
                    look={look}
                    isCurrent={look.id === current?.id}
                    onPick={() => looking.lookAt(look)}
                  />
                </li>
              ))}
            </ul>
          </section>
        );
      })}
      {current && data.stopped.length > 0 ? (
        <>
          <p className="small-print px-4 pt-3 pb-1">Not drawn</p>
          <StoppedLooks project={project} stopped={data.stopped} />
        </>
      ) : null}
    </nav>
  );
}

function Done({ judgement }: { judgement: Judgement }) {
  const isFine = judgement.kind === "capability" || judgement.verdict === "fine";
  const Icon = isFine ? Check : X;
  return <Icon aria-label={isFine ? "judged" : "wrong"} className="size-3.5" />;
}

type RowProps = { look: ReadyLook; isCurrent: boolean; onPick: () => void };

function Row({ look, isCurrent, onPick }: RowProps) {
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
        <LookName look={look} />
      </span>
    </button>
  );
}
