"use client";

import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useId, useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { cx } from "@/app/_ui/cx";
import { Key } from "@/app/_ui/key";
import { LevelChip } from "@/app/_ui/level-chip";
import { Skeleton } from "@/app/_ui/skeleton";
import { useKeys } from "@/app/_ui/use-keys";
import type { Comparison } from "@/server/comparison/show-comparison";
import { shareSeed } from "../../_generators/seed-words";
import { SameSeedDialog } from "../../pairs/[id]/_pair/same-seed-dialog";
import type { Place } from "../../pairs/[id]/_pair/sheet";
import { stepPlace } from "../../pairs/[id]/_pair/step-place";
import { cellAt } from "./cell-at";
import { RateFirst } from "./rate-first";
import { Side } from "./side";
import { Told } from "./told";
import { nameOf } from "./words";

/** One pair's images by both generators at the same prompt and seed; keys walk through pairs, prompts and seeds. */
export function SameSeed({ project, comparison }: { project: string; comparison: Comparison }) {
  const heading = useId();
  const trpc = useTRPC();
  const { pairs, repair, two } = comparison;
  const [at, setAt] = useState(0);
  const [place, setPlace] = useState<Place>({ prompt: 1, row: 0 });
  const [isMining, setIsMining] = useState(false);
  const [isZoomed, setIsZoomed] = useState(false);
  const [seenAnyway, setSeenAnyway] = useState<ReadonlySet<string>>(new Set());
  const chosen = pairs[Math.min(at, pairs.length - 1)];
  const { data: shown } = useQuery({
    ...trpc.comparison.pair.queryOptions({
      project,
      repair: repair.number,
      pairId: chosen?.pairId ?? "",
    }),
    enabled: chosen !== undefined,
  });
  // Of mining, pairs were rated before they could be compared.
  const isHidden = Boolean(shown?.toRate) && !isMining && !seenAnyway.has(chosen?.pairId ?? "");
  useKeys((key) => {
    const low = key.toLowerCase();
    if (low === "j") return () => setAt(Math.min(pairs.length - 1, at + 1));
    if (low === "k") return () => setAt(Math.max(0, at - 1));
    if (low === "." && !isHidden) return () => setIsZoomed(true);
    if (low === "m") return () => setIsMining(!isMining);
    const next = stepPlace(place, key);
    return next ? () => setPlace(next) : null;
  });
  if (!chosen) return null;
  const sheets = (isMining ? shown?.mining : shown?.fresh) ?? [];
  const sides = [two.firstId, two.secondId].map((id) => ({
    id,
    sheet: sheets.find(({ generatorRevisionId }) => generatorRevisionId === id),
    generator: comparison.generators.find(({ revisionId }) => revisionId === id),
  }));
  const isShared = shareSeed(sides.map(({ sheet }) => cellAt(sheet, place)));
  return (
    <section aria-labelledby={heading} className="mt-6 border-t border-line pt-4">
      <h2 id={heading} className="mb-2">
        {isShared ? "Same seed" : "Same prompt, not the same seed"}{" "}
        <span className="small-print">
          prompt {place.prompt}, {isShared ? "seed" : "image"} {place.row + 1},{" "}
          {isMining ? "of mining" : "fresh"}
        </span>
      </h2>
      <div className="grid grid-cols-[236px_repeat(2,minmax(0,258px))_minmax(0,1fr)] gap-5 max-[1000px]:grid-cols-2 max-[1000px]:[&>:first-child]:col-span-2 max-[1000px]:[&>:last-child]:col-span-2 max-[700px]:gap-3">
        <PairList comparison={comparison} chosenId={chosen.pairId} onChoose={setAt}>
          <Hints isMining={isMining} />
        </PairList>
        {isHidden ? (
          <RateFirst onShow={() => setSeenAnyway(new Set([...seenAnyway, chosen.pairId]))} />
        ) : null}
        {(isHidden ? [] : sides).map(({ id, sheet, generator }) =>
          shown ? (
            <Side key={id} sheet={sheet} place={place} name={generator ? nameOf(generator) : ""} />
          ) : (
            <Skeleton key={id} className="aspect-square w-full" />
          ),
        )}
        <Told
          shown={shown}
          sheet={isHidden ? undefined : sides[1]?.sheet}
          place={place}
          pair={chosen}
        />
      </div>
      {isZoomed && shown && !isHidden ? (
        <SameSeedDialog
          sheets={sheets}
          place={place}
          onPlace={setPlace}
          onOpenChange={setIsZoomed}
        />
      ) : null}
    </section>
  );
}

type ListProps = {
  comparison: Comparison;
  chosenId: string;
  onChoose: (at: number) => void;
  children: ReactNode;
};

function PairList({ comparison, chosenId, onChoose, children }: ListProps) {
  const { pairs, two, judge } = comparison;
  return (
    <div>
      <ul className="max-h-[236px] overflow-y-auto">
        {pairs.map((pair, at) => (
          <li key={pair.pairId}>
            <button
              type="button"
              aria-current={pair.pairId === chosenId ? "true" : undefined}
              onClick={() => onChoose(at)}
              className={cx(
                "flex min-h-7 w-full items-center gap-1 rounded-1 px-1.5 text-left text-13",
                pair.pairId === chosenId ? "bg-accent-tint font-mid" : "hover:bg-surface-hover",
              )}
            >
              <span className="min-w-0 flex-1 truncate">
                {pair.conceptA} × {pair.conceptB}
              </span>
              {[two.firstId, two.secondId].map((id) => (
                <LevelChip
                  key={id}
                  level={pair.levels[id] ?? null}
                  simulated={judge === "simulated"}
                />
              ))}
            </button>
          </li>
        ))}
      </ul>
      {children}
    </div>
  );
}

const Hints = ({ isMining }: { isMining: boolean }) => (
  <p className="mt-2 flex flex-wrap items-center gap-x-3 gap-y-1 small-print">
    <Hint keys={["J", "K"]} what="pair" />
    <Hint keys={["←", "→"]} what="prompt" />
    <Hint keys={["↑", "↓"]} what="seed" />
    <Hint keys={["M"]} what={isMining ? "fresh seeds" : "mining seeds"} />
    <Hint keys={["."]} what="all, large" />
  </p>
);

const Hint = ({ keys, what }: { keys: readonly string[]; what: string }) => (
  <span className="inline-flex items-center gap-1 whitespace-nowrap">
    {keys.map((key) => (
      <Key key={key}>{key}</Key>
    ))}
    {what}
  </span>
);
