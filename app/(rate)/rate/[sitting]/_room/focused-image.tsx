"use client";

import { Check, Flag, X } from "lucide-react";
import { cx } from "@/app/_ui/cx";
import { Key } from "@/app/_ui/key";
import { PromptText } from "@/app/_ui/prompt-text";
import { enlarged, thumbnail } from "@/app/(rate)/_session/image-address";
import type { Table } from "@/app/(rate)/_session/table";
import { COLUMNS, type FirstPress, type GridAction } from "@/server/rating/domain/grid-state";
import { CELL_CODES } from "@/server/rating/domain/key-map";
import type { VerdictDetail } from "@/server/rating/schemas";

export type FocusedImageProps = {
  table: Table;
  keyName: (code: string) => string;
  firstPress: FirstPress;
  onAct: (action: GridAction) => void;
};

/** The image under the cursor, large, with everything that can be said about it. */
export function FocusedImage({ table, keyName, firstPress, onAct }: FocusedImageProps) {
  const { view, grid } = table;
  const cell = grid.cells[grid.focus];
  if (!cell) return null;
  const name = keyName(CELL_CODES[grid.focus] ?? "");
  const prompt = view.prompts[grid.focus % COLUMNS] ?? "";
  return (
    <aside aria-label="Image in focus" className="flex min-h-0 flex-col gap-2.5">
      <div
        className="aspect-square shrink-0 max-[1000px]:max-w-[360px] overflow-hidden rounded-1 bg-surface-well bg-contain"
        style={{ backgroundImage: `url(${thumbnail(cell.imageId)})` }}
      >
        <img
          key={cell.imageId}
          src={thumbnail(cell.imageId)}
          srcSet={`${thumbnail(cell.imageId)} 320w, ${enlarged(cell.imageId)} 640w`}
          sizes="(min-width: 1600px) 420px, 268px"
          alt={`Number ${grid.focus + 1}, enlarged`}
          draggable={false}
          className="size-full object-contain"
        />
      </div>
      <div className="flex items-center justify-between">
        <span>
          <Key>{name}</Key> &nbsp;<b>Image {grid.focus + 1}</b> of 20
        </span>
        <span className="small-print">
          hold <Key>{keyName("Period")}</Key> for full size
        </span>
      </div>
      <VerdictButtons verdict={cell.verdict} name={name} firstPress={firstPress} onAct={onAct} />
      <p className="leading-[19px]">
        <PromptText text={prompt} a={view.conceptA} b={view.conceptB} />
      </p>
      <Details detail={cell.detail} a={view.conceptA} b={view.conceptB} onAct={onAct} />
      <button
        type="button"
        aria-pressed={cell.verdict === "broken"}
        onClick={() => onAct({ type: "flagBroken", index: grid.focus })}
        className="-ml-1.5 flex h-6 items-center gap-1.5 self-start rounded-2 px-1.5 text-12 text-ink-2 hover:bg-surface-hover aria-pressed:text-warn [&_svg]:size-3.5"
      >
        <Flag aria-hidden />
        {cell.verdict === "broken" ? "Flagged as broken" : "The image is broken"}
        <Key>{keyName("Semicolon")}</Key>
      </button>
      <p className="small-print mt-auto">
        Correct: both are there, placed as the prompt says. Style does not count.
      </p>
    </aside>
  );
}

type VerdictButtonsProps = {
  verdict: string | null;
  name: string;
  firstPress: FirstPress;
  onAct: (action: GridAction) => void;
};

function VerdictButtons({ verdict, name, firstPress, onAct }: VerdictButtonsProps) {
  const look =
    "flex h-8 items-center justify-center gap-1.5 rounded-2 border bg-surface text-13 leading-none font-mid hover:bg-surface-hover [&_svg]:size-4";
  const once = name;
  const twice = `${name}${name}`;
  return (
    <div className="grid grid-cols-2 gap-2">
      <button
        type="button"
        aria-pressed={verdict === "incorrect"}
        onClick={() => onAct({ type: "mark", verdict: "incorrect" })}
        className={cx(look, "border-bad text-bad aria-pressed:bg-bad-tint")}
      >
        <X aria-hidden />
        Incorrect <Key>{firstPress === "incorrect" ? once : twice}</Key>
      </button>
      <button
        type="button"
        aria-pressed={verdict === "correct"}
        onClick={() => onAct({ type: "mark", verdict: "correct" })}
        className={cx(look, "border-good text-good aria-pressed:bg-good-tint")}
      >
        <Check aria-hidden />
        Correct <Key>{firstPress === "correct" ? once : twice}</Key>
      </button>
    </div>
  );
}

type DetailsProps = {
  detail: VerdictDetail;
  a: string;
  b: string;
  onAct: (action: GridAction) => void;
};

function Details({ detail, a, b, onAct }: DetailsProps) {
  const seen = (concept: string) => (
    <>
      <span className="font-mid text-ink">{concept}</span> seen
    </>
  );
  const questions = [
    { name: "aSeen", text: seen(a), label: `${a} seen` },
    { name: "bSeen", text: seen(b), label: `${b} seen` },
    { name: "relation", text: "placed as the prompt says", label: "placed as the prompt says" },
    { name: "latentSeen", text: "something else instead", label: "something else instead" },
  ] as const;
  return (
    <div className="grid gap-1 border-t border-line pt-2.5">
      {questions.map(({ name, text, label }) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot lie in one flexible line
        <div
          key={name}
          role="group"
          aria-label={label}
          className="flex min-h-[26px] items-center justify-between gap-2"
        >
          <span className="min-w-0 truncate" title={label}>
            {text}
          </span>
          <YesNo
            value={detail[name]}
            onSay={(value) => onAct({ type: "say", detail: name, value })}
          />
        </div>
      ))}
    </div>
  );
}

function YesNo({ value, onSay }: { value: boolean | undefined; onSay: (value: boolean) => void }) {
  return (
    <span className="inline-flex shrink-0 overflow-hidden rounded-2 border border-line-control bg-surface">
      {[true, false].map((answer) => (
        <button
          key={String(answer)}
          type="button"
          aria-pressed={value === answer}
          onClick={() => onSay(answer)}
          className="px-2.5 text-12 leading-6 text-ink-2 not-first:border-l not-first:border-line-2 aria-pressed:bg-accent-tint aria-pressed:font-mid aria-pressed:text-accent"
        >
          {answer ? "Yes" : "No"}
        </button>
      ))}
    </span>
  );
}
