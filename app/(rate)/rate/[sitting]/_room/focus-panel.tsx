"use client";

import { Check, Flag, X } from "lucide-react";
import { cx } from "@/app/_ui/cx";
import { Key } from "@/app/_ui/key";
import { PromptText } from "@/app/_ui/prompt-text";
import type { Table } from "@/app/(rate)/_session/table";
import type { GridAction } from "@/server/rating/domain/grid-state";
import { COLUMNS } from "@/server/rating/domain/move-cursor";
import { DetailToggles } from "./detail-toggles";
import type { KeyNames } from "./use-key-labels";

export type FocusPanelProps = {
  table: Table;
  keys: KeyNames;
  /** The presses that are printed on the two verdicts, in their order; null where fingers press them. */
  markKeys: { incorrect: readonly string[]; correct: readonly string[] } | null;
  onAct: (action: GridAction) => void;
};

/** Where it stands: beside the images, and in sight while they scroll on a tablet. */
export const BESIDE_IMAGES =
  "flex min-h-0 flex-col gap-2.5 max-[1000px]:sticky max-[1000px]:top-1.5 max-[1000px]:self-start";

/** Everything that can be said about the image under the cursor. */
export function FocusPanel({ table, keys, markKeys, onAct }: FocusPanelProps) {
  const { view, grid } = table;
  const cell = grid.cells[grid.focus];
  const place = view.cells[grid.focus];
  if (!cell || !place) return null;
  const prompt = view.prompts[(place.position - 1) % COLUMNS] ?? "";
  return (
    <>
      <VerdictButtons verdict={cell.verdict} keys={markKeys} onAct={onAct} />
      <p className="leading-[19px]">
        <PromptText text={prompt} a={view.conceptA} b={view.conceptB} />
      </p>
      {grid.asksDetail ? (
        <DetailToggles
          detail={cell.detail}
          a={view.conceptA}
          b={view.conceptB}
          keys={keys}
          onSay={(detail) => onAct({ type: "say", detail })}
        />
      ) : null}
      <button
        type="button"
        aria-pressed={cell.verdict === "broken"}
        onClick={() => onAct({ type: "flagBroken", index: grid.focus })}
        className="-ml-1.5 flex h-6 items-center gap-1.5 self-start rounded-2 px-1.5 text-12 text-ink-2 hover:bg-surface-hover aria-pressed:text-warn [&_svg]:size-3.5"
      >
        <Flag aria-hidden />
        {cell.verdict === "broken" ? "Flagged as broken" : "The image is broken"}
        <Key>{keys.name("Semicolon")}</Key>
      </button>
    </>
  );
}

type VerdictButtonsProps = {
  verdict: string | null;
  keys: FocusPanelProps["markKeys"];
  onAct: (action: GridAction) => void;
};

function VerdictButtons({ verdict, keys, onAct }: VerdictButtonsProps) {
  const look = cx(
    keys ? "h-8" : "h-12",
    "flex items-center justify-center gap-1.5 rounded-2 border bg-surface text-13 leading-none font-mid hover:bg-surface-hover [&_svg]:size-4",
  );
  return (
    <div className="grid grid-cols-2 gap-2">
      <button
        type="button"
        aria-pressed={verdict === "incorrect"}
        onClick={() => onAct({ type: "mark", verdict: "incorrect" })}
        className={cx(look, "border-bad text-bad aria-pressed:bg-bad-tint")}
      >
        <X aria-hidden />
        Incorrect <Presses of={keys?.incorrect} />
      </button>
      <button
        type="button"
        aria-pressed={verdict === "correct"}
        onClick={() => onAct({ type: "mark", verdict: "correct" })}
        className={cx(look, "border-good text-good aria-pressed:bg-good-tint")}
      >
        <Check aria-hidden />
        Correct <Presses of={keys?.correct} />
      </button>
    </div>
  );
}

/** One cap a press: "11" would read as eleven. */
function Presses({ of = [] }: { of: readonly string[] | undefined }) {
  if (of.length === 0) return null;
  return (
    <span className="inline-flex gap-0.5">
      {of.map((cap, at) => (
        // The same key twice is two presses.
        // biome-ignore lint/suspicious/noArrayIndexKey: presses have no other identity
        <Key key={at}>{cap}</Key>
      ))}
    </span>
  );
}
