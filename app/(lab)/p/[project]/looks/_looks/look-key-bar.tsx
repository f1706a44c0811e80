import { Button } from "@/app/_ui/button";
import { Key } from "@/app/_ui/key";
import { SaveChip } from "@/app/_ui/save-chip";
import { StateLabel } from "@/app/_ui/state-label";
import { canDraw } from "@/server/generation/domain/capability";
import type { Looking } from "./use-looks";

export function LookKeyBar({ looking }: { looking: Looking }) {
  const { current, state } = looking;
  return (
    <footer className="flex items-center gap-3.5 border-t border-line bg-surface px-4 text-12 whitespace-nowrap text-ink-2 max-md:flex-wrap max-md:gap-y-1.5 max-md:py-2">
      {current?.kind === "precheck" ? <PairButtons looking={looking} /> : null}
      {current?.kind === "capability" ? (
        <ConceptButtons looking={looking} rated={current.imageIds.length} />
      ) : null}
      {current ? (
        <>
          <span className="h-[18px] w-px bg-line" />
          <span className="inline-flex items-center gap-1.5">
            <Key>↓</Key>
            <Key>↑</Key> next, back
          </span>
        </>
      ) : null}
      {state.judged.length > 0 ? (
        <Button size={26} variant="quiet" onClick={looking.undo}>
          Undo <Key>U</Key>
        </Button>
      ) : null}
      <span className="ml-auto">
        <SaveChip state={looking.saveState} />
      </span>
    </footer>
  );
}

// Neither is filled: the screen must not say which answer it would like.
function PairButtons({ looking }: { looking: Looking }) {
  const say = (verdict: "fine" | "wrong") => looking.judge({ kind: "precheck", verdict });
  return (
    <>
      <Button size={26} onClick={() => say("fine")}>
        Plainly fine: set aside <Key>A</Key>
      </Button>
      <Button size={26} onClick={() => say("wrong")}>
        Wrong: on to its grid <Key>X</Key>
      </Button>
    </>
  );
}

function ConceptButtons({ looking, rated }: { looking: Looking; rated: number }) {
  const { wrong } = looking.state;
  const correct = rated - wrong.length;
  return (
    <>
      <Button
        size={26}
        variant="primary"
        onClick={() => looking.judge({ kind: "capability", wrong })}
      >
        Save {correct} of {rated} right <Key onAccent>↵</Key>
      </Button>
      {canDraw({ correct, rated }) ? (
        <StateLabel kind="done">It can draw this</StateLabel>
      ) : (
        <StateLabel kind="near-limit">It cannot draw this reliably</StateLabel>
      )}
    </>
  );
}
