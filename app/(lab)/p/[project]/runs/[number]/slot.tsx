"use client";

import { TriangleAlert } from "lucide-react";
import { cx } from "@/app/_ui/cx";
import { useNow } from "@/app/_ui/use-now";
import { subjectWords } from "../run-words";
import type { RunSlot } from "../types";

const JUST_MS = 4_000;

export type SlotProps = { slot: RunSlot; places: number };

/** The images of one prompt, or what stands in their places. */
export function Slot({ slot, places }: SlotProps) {
  if (slot.state === "done") return <Drawn slot={slot} places={places} />;
  const isFailing = slot.state === "failed" || (slot.state === "queued" && slot.failures > 0);
  return (
    <div
      role="img"
      aria-label={`Prompt ${slot.position}: ${wordOf(slot, isFailing)}`}
      title={isFailing ? (slot.reason ?? undefined) : undefined}
      className="grid gap-[3px]"
      style={columns(places)}
    >
      {Array.from({ length: places }, (_, place) => place).map((place) => (
        <i
          key={place}
          className={cx(
            "grid aspect-square place-items-center rounded-[2px]",
            lookOf(slot, isFailing),
          )}
        >
          {isFailing && place === 0 ? <TriangleAlert aria-hidden className="size-3.5" /> : null}
        </i>
      ))}
    </div>
  );
}

const columns = (places: number) => ({
  gridTemplateColumns: `repeat(${places}, minmax(0, 1fr))`,
});

function lookOf(slot: RunSlot, isFailing: boolean): string {
  if (isFailing) return "border border-bad bg-bad-tint text-bad";
  return slot.state === "leased" ? "sheen" : "border border-dashed border-line-2";
}

function wordOf(slot: RunSlot, isFailing: boolean): string {
  if (isFailing) return `failed: ${slot.reason}`;
  return slot.state === "leased" ? "rendering" : slot.state;
}

function Drawn({ slot, places }: SlotProps) {
  const now = useNow();
  const isNew = slot.finishedAt !== null && now - slot.finishedAt.getTime() < JUST_MS;
  return (
    <div
      suppressHydrationWarning
      className={cx(
        "grid gap-[3px] rounded-[2px]",
        isNew && "shadow-[0_0_0_2px_var(--surface),0_0_0_4px_var(--accent)]",
      )}
      style={columns(places)}
    >
      {slot.imageIds.map((id, place) => (
        <a key={id} href={`/api/images/${id}`} target="_blank" rel="noreferrer">
          <img
            src={`/api/images/${id}?w=160`}
            alt={`${subjectWords(slot)}, prompt ${slot.position}, seed ${place + 1}`}
            title={slot.prompt}
            loading="lazy"
            decoding="async"
            className="block aspect-square w-full rounded-[2px] bg-surface-well"
          />
        </a>
      ))}
    </div>
  );
}
