import { Check, Flag, X } from "lucide-react";
import { cx } from "@/app/_ui/cx";
import { NotesOnImage } from "../../_generators/notes-on-image";
import { seedWords } from "../../_generators/seed-words";
import { markOf } from "../../pairs/[id]/_pair/detail";
import type { Place } from "../../pairs/[id]/_pair/sheet";
import { cellAt, type Sheet } from "./cell-at";

export type SideProps = { sheet: Sheet | undefined; place: Place; name: string };

/** One generator's image at a place, with its verdict. */
export function Side({ sheet, place, name }: SideProps) {
  const cell = cellAt(sheet, place);
  const mark = cell ? markOf(cell.marks) : null;
  return (
    <figure>
      {cell?.imageId ? (
        <img
          src={`/api/images/${cell.imageId}?w=320`}
          alt={`By ${name}, ${seedWords(cell)}`}
          className="aspect-square w-full rounded-1 bg-surface-well object-contain"
        />
      ) : (
        <div className="grid aspect-square place-items-center rounded-1 border border-dashed border-line-control p-3 text-center text-12 text-ink-3">
          {cell ? UNDRAWN[cell.state] : UNDRAWN.missing}
        </div>
      )}
      <figcaption className="mt-1.5 flex gap-2 text-12">
        <span className="min-w-0 flex-1 truncate font-mid">{name}</span>
        {mark ? <Verdict verdict={mark.verdict} /> : <span className="text-ink-3">not rated</span>}
      </figcaption>
      <NotesOnImage notes={cell?.notes} />
    </figure>
  );
}

const UNDRAWN = {
  missing: "Not drawn at these seeds",
  done: "Not drawn at these seeds",
  queued: "Waits to be drawn",
  leased: "Being drawn",
  failed: "Failed; its run says why",
  cancelled: "Cancelled before it was drawn",
} satisfies Record<Sheet["cells"][number]["state"], string>;

const VERDICT = {
  correct: { word: "Correct", Icon: Check, ink: "text-good" },
  incorrect: { word: "Incorrect", Icon: X, ink: "text-bad" },
  broken: { word: "Broken", Icon: Flag, ink: "text-warn" },
} as const;

function Verdict({ verdict }: { verdict: keyof typeof VERDICT }) {
  const { word, Icon, ink } = VERDICT[verdict];
  return (
    <span className={cx("flex items-center gap-1 font-mid", ink)}>
      <Icon aria-hidden className="size-3.5" />
      {word}
    </span>
  );
}
