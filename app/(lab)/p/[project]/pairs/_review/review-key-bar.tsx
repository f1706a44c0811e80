import { Button } from "@/app/_ui/button";
import { Key } from "@/app/_ui/key";
import { SaveChip } from "@/app/_ui/save-chip";
import type { Reviewing } from "./use-review";

export function ReviewKeyBar({ review }: { review: Reviewing }) {
  const { current, state } = review;
  const isPair = current?.kind === "pair";
  return (
    <footer className="flex items-center gap-3.5 border-t border-line bg-surface px-4 text-12 whitespace-nowrap text-ink-2 max-md:flex-wrap max-md:gap-x-2 max-md:gap-y-1.5 max-md:py-2">
      {current ? (
        <>
          <Button size={26} variant="primary" onClick={() => review.decide({ kind: "accept" })}>
            {isPair ? "Accept" : "Keep and accept"} <Key onAccent>A</Key>
          </Button>
          <Button size={26} onClick={() => review.setMode("reject")}>
            Reject <Key>X</Key>
          </Button>
        </>
      ) : null}
      {isPair ? (
        <>
          <Button size={26} onClick={() => review.setMode("edit")}>
            Edit <Key>E</Key>
          </Button>
          <Button size={26} variant="quiet" onClick={() => review.decide({ kind: "set_aside" })}>
            Set aside <Key>S</Key>
          </Button>
        </>
      ) : null}
      {current?.step ? (
        <Button size={26} variant="quiet" onClick={() => review.decide({ kind: "variant" })}>
          Keep as variant <Key>V</Key>
        </Button>
      ) : null}
      <span className="h-[18px] w-px bg-line max-md:hidden" />
      <span className="inline-flex items-center gap-1.5 max-md:hidden">
        <Key>↓</Key>
        <Key>↑</Key> next, back
      </span>
      {state.decided.length > 0 ? (
        <Button size={26} variant="quiet" onClick={review.undo}>
          <Key>⌫</Key> undo
        </Button>
      ) : null}
      <span className="ml-auto">
        <SaveChip state={review.saveState} />
      </span>
    </footer>
  );
}
