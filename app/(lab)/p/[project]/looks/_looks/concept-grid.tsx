import { Check, X } from "lucide-react";
import { cx } from "@/app/_ui/cx";
import { Key } from "@/app/_ui/key";
import { useKeyLabels } from "@/app/(rate)/rate/[sitting]/_room/use-key-labels";
import type { ReadyLook } from "@/server/generation/list-looks";
import { CELL_CODES } from "@/server/rating/domain/key-map";
import { imageOf } from "./image-of";
import type { Looking } from "./use-looks";

export type ConceptGridProps = { look: ReadyLook; looking: Looking };

/** Twenty images of one concept under the keys of the rating grid. */
export function ConceptGrid({ look, looking }: ConceptGridProps) {
  const labelOf = useKeyLabels("block");
  return (
    <ul className="grid size-full grid-cols-5 grid-rows-4 gap-2">
      {look.imageIds.map((id, place) => (
        <li key={id} className="min-h-0 min-w-0">
          <ConceptCell
            src={imageOf(look.kind, id)}
            place={place}
            keyName={labelOf.name(CELL_CODES[place] ?? "")}
            isWrong={looking.state.wrong.includes(place)}
            onToggle={() => looking.toggle(place)}
          />
        </li>
      ))}
    </ul>
  );
}

type ConceptCellProps = {
  src: string;
  place: number;
  keyName: string;
  isWrong: boolean;
  onToggle: () => void;
};

function ConceptCell({ src, place, keyName, isWrong, onToggle }: ConceptCellProps) {
  const Icon = isWrong ? X : Check;
  return (
    <button
      type="button"
      data-place={place}
      aria-pressed={isWrong}
      aria-label={`Image ${place + 1}: ${isWrong ? "wrong" : "right"}`}
      onClick={onToggle}
      className={cx(
        "flex size-full overflow-hidden rounded-2 border-2 bg-surface max-md:flex-col",
        isWrong ? "border-bad" : "border-line-2",
      )}
    >
      <span
        className={cx(
          "flex w-12 shrink-0 flex-col items-center justify-between self-stretch py-1.5 text-11 max-md:w-full max-md:py-0 max-md:[&>kbd]:hidden",
          isWrong ? "bg-bad-tint text-bad" : "text-good",
        )}
      >
        <Key>{keyName}</Key>
        <span className="flex flex-col items-center gap-0.5 max-md:flex-row [&_svg]:size-5 max-md:[&_svg]:size-3.5">
          <Icon aria-hidden />
          {isWrong ? "Wrong" : "Right"}
        </span>
      </span>
      <span className="flex h-full min-h-0 min-w-0 flex-1 items-center justify-center bg-surface-well">
        <img
          src={src}
          alt=""
          decoding="sync"
          className="aspect-square h-full max-w-full object-contain"
        />
      </span>
    </button>
  );
}
