import { Check, Gavel, X } from "lucide-react";
import { cx } from "@/app/_ui/cx";
import type { AdjudicatedImage } from "@/server/adjudication/get-adjudication";
import { sayVotes } from "./rulings";

export type DisputedImageProps = {
  image: AdjudicatedImage;
  isFocused: boolean;
  /** Chosen on this screen and not saved yet; null takes a ruling back. */
  chosen: "correct" | "incorrect" | null | undefined;
  onFocus: () => void;
};

const TONE = { correct: "border-good", incorrect: "border-bad" } as const;

export function DisputedImage({ image, isFocused, chosen, onFocus }: DisputedImageProps) {
  const { final, votes, position } = image;
  const verdict = chosen === undefined ? final.verdict : chosen;
  const isDisputed = new Set(votes.filter((vote) => vote !== null)).size > 1;
  return (
    <li className="min-h-0">
      <button
        type="button"
        aria-label={sayImage(image, chosen)}
        aria-current={isFocused ? "true" : undefined}
        onClick={onFocus}
        className={cx(
          "relative block size-full overflow-hidden rounded-2 border-2 bg-surface-well max-md:aspect-square",
          verdict ? TONE[verdict] : "border-dashed border-warn",
          isFocused && "outline-2 outline-offset-2 outline-accent",
        )}
      >
        <img
          src={`/api/images/${image.imageId}?w=320`}
          alt=""
          loading="lazy"
          className={cx(
            "size-full object-contain",
            !isDisputed && chosen === undefined && "opacity-50",
          )}
        />
        <span className="absolute right-1 bottom-1 left-1 flex items-center justify-between">
          <span className="rounded-1 bg-surface px-1.5 text-12 font-mid text-ink max-sm:hidden">
            {position}
          </span>
          <span className="ml-auto flex items-center gap-1 rounded-1 bg-surface px-1.5 text-12 whitespace-nowrap max-sm:px-1 font-mid text-ink [&_svg]:size-3.5">
            {final.from === "adjudicated" || chosen ? (
              <Gavel aria-hidden className="max-sm:hidden" />
            ) : null}
            {verdict === "correct" ? <Check aria-hidden className="text-good" /> : null}
            {verdict === "incorrect" ? <X aria-hidden className="text-bad" /> : null}
            {sayVotes(image)}
          </span>
        </span>
      </button>
    </li>
  );
}

function sayImage(image: AdjudicatedImage, chosen: DisputedImageProps["chosen"]): string {
  const { final, votes, position } = image;
  const cast = votes.map((vote, index) => `rater ${index + 1} ${vote ?? "no verdict"}`).join(", ");
  const standing =
    final.verdict === null ? `no verdict, ${final.from}` : `${final.verdict}, ${final.from}`;
  const change = chosen === undefined ? "" : `; you chose ${chosen ?? "to leave it to the votes"}`;
  return `Image ${position}: ${cast}; ${standing}${change}`;
}
