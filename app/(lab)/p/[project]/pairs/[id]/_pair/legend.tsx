import { Check, Minus, X } from "lucide-react";
import { cx } from "@/app/_ui/cx";
import type { Verdict } from "@/db/enums";
import { markOf, type Sheet } from "./detail";

const LOOK = {
  correct: { icon: Check, shape: "rounded-1 bg-good" },
  incorrect: { icon: X, shape: "rounded-pill bg-bad" },
  broken: { icon: Minus, shape: "rounded-1 bg-warn" },
} satisfies Record<Verdict, { icon: typeof Check; shape: string }>;

export type VerdictMarkProps = { verdict: Verdict; size: 14 | 18; differ?: boolean };

/** Shape and icon carry the verdict; a ring says that raters differed. */
export function VerdictMark({ verdict, size, differ = false }: VerdictMarkProps) {
  const { icon: Icon, shape } = LOOK[verdict];
  return (
    <span
      aria-hidden
      className={cx(
        "grid place-items-center text-surface [&_svg]:stroke-[3]",
        size === 18 ? "size-[18px] [&_svg]:size-3" : "size-3.5 [&_svg]:size-2.5",
        shape,
        differ && "ring-2 ring-warn ring-offset-2 ring-offset-surface",
      )}
    >
      <Icon />
    </span>
  );
}

/** Explains the marks that really are on the images, and says whose they are. */
export function Legend({ sheets }: { sheets: readonly Sheet[] }) {
  const marks = sheets.flatMap((sheet) => sheet.cells.flatMap((cell) => markOf(cell.marks) ?? []));
  if (marks.length === 0) {
    return <span>Verdicts appear on the images once a rater has submitted the grid.</span>;
  }
  const verdicts = (["correct", "incorrect", "broken"] as const).filter((verdict) =>
    marks.some((mark) => mark.verdict === verdict),
  );
  return (
    <>
      {verdicts.map((verdict) => (
        <span key={verdict} className="inline-flex items-center gap-[5px]">
          <VerdictMark verdict={verdict} size={14} />
          {verdict}
        </span>
      ))}
      {marks.some((mark) => mark.differ) ? (
        <span className="inline-flex items-center gap-2">
          <VerdictMark verdict="incorrect" size={14} differ />
          raters differed
        </span>
      ) : null}
      {marks.every((mark) => mark.isSimulated) ? <span>by the simulated rater</span> : null}
    </>
  );
}
