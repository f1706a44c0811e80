"use client";

import { CornerDownLeft, Delete } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/app/_ui/button";
import { Key } from "@/app/_ui/key";
import { useSingleKeys } from "@/app/_ui/single-keys";
import type { RatingMode } from "@/db/enums";
import type { FirstPress, Notice } from "@/server/rating/domain/grid-state";
import { MARK_CODES } from "@/server/rating/domain/key-map";
import type { KeyNames } from "./use-key-labels";

export type KeyBarProps = {
  mode: RatingMode;
  notice: Notice | null;
  open: number;
  /** The first image without a verdict, 1 to 20. */
  firstOpen: number | undefined;
  firstPress: FirstPress;
  keys: KeyNames;
  onUndo: () => void;
  onLater: () => void;
  onCannotJudge: () => void;
  onNote: () => void;
  onSubmit: () => void;
};

const BAR =
  "flex max-[1000px]:sticky max-[1000px]:bottom-0 max-[1000px]:z-3 items-center gap-3.5 border-t border-line bg-surface px-4 text-12 whitespace-nowrap max-[700px]:[&_kbd]:hidden max-[1000px]:flex-wrap max-[1000px]:gap-y-1 max-[1000px]:py-1.5";
const QUIET =
  "flex h-6 items-center gap-[5px] rounded-2 px-1 hover:bg-surface-hover max-[700px]:h-10 max-[700px]:px-2";

export function KeyBar({ mode, notice, keys, firstPress, ...props }: KeyBarProps) {
  const { open, firstOpen, onUndo, onLater, onCannotJudge, onNote, onSubmit } = props;
  const singleKeys = useSingleKeys();
  return (
    <footer className={BAR}>
      <span className="contents max-[700px]:hidden">
        {mode === "screen" && singleKeys ? (
          <ScreenKeys keys={keys} />
        ) : (
          <GridKeys keys={keys} firstPress={firstPress} />
        )}
        <span aria-hidden className="h-[18px] w-px bg-line" />
      </span>
      <span className="flex items-center gap-1.5">
        <Undo onUndo={onUndo} />
        <button type="button" className={QUIET} onClick={onLater}>
          <Key>{keys.name("KeyL")}</Key> later
        </button>
        <button type="button" className={QUIET} onClick={onCannotJudge}>
          <Key>{keys.name("KeyU")}</Key> cannot judge
        </button>
        <button type="button" className={QUIET} onClick={onNote}>
          <Key>{keys.name("KeyN")}</Key> note
        </button>
      </span>
      <Hint notice={notice}>
        {firstOpen === undefined ? null : (
          <>
            {open} open
            <span className="max-[700px]:hidden">
              : Enter goes to{" "}
              {singleKeys ? <Key>{keys.cell(firstOpen - 1)}</Key> : `image ${firstOpen}`}
            </span>
          </>
        )}
      </Hint>
      <span className="flex items-center gap-3 max-[700px]:ml-auto">
        <Button size={26} variant={open === 0 ? "primary" : "outlined"} onClick={onSubmit}>
          Submit{" "}
          <Key onAccent={open === 0}>
            <CornerDownLeft aria-label="Enter" className="size-3" />
          </Key>
        </Button>
      </span>
    </footer>
  );
}

/** With no grid left there is nothing to judge, put off or submit: the last one can come back. */
export const EndBar = (props: Pick<KeyBarProps, "onUndo">) => (
  <footer className={BAR}>
    <Undo {...props} />
  </footer>
);

function Undo({ onUndo }: Pick<KeyBarProps, "onUndo">) {
  return (
    <button type="button" className={QUIET} onClick={onUndo}>
      {useSingleKeys() ? (
        <Key>
          <Delete aria-label="Backspace" className="size-3" />
        </Key>
      ) : (
        <Key>Ctrl+Z</Key>
      )}
      undo
    </button>
  );
}

/** Always of the same size, whatever it says: nothing beside it moves. The status says a notice aloud. */
function Hint({ notice, children }: { notice: Notice | null; children: ReactNode }) {
  const text = notice?.isShown ? notice.text : null;
  return (
    <span className="small-print min-h-4 min-w-0 flex-1 truncate text-right max-[700px]:order-first max-[700px]:basis-full max-[700px]:text-left">
      {text ? (
        <b data-notice aria-hidden title={text}>
          {text}
        </b>
      ) : (
        children
      )}
    </span>
  );
}

function GridKeys({ keys, firstPress }: Pick<KeyBarProps, "keys" | "firstPress">) {
  const singleKeys = useSingleKeys();
  return (
    <>
      <span className="flex items-center gap-[5px]">
        {singleKeys ? (
          <>
            <Key>{keys.cell(0)}</Key>–<Key>{keys.cell(19)}</Key>
          </>
        ) : (
          <Key>Space</Key>
        )}{" "}
        {firstPress}
      </span>
      <span className="max-[1000px]:hidden">
        again: {firstPress === "incorrect" ? "correct" : "incorrect"}
      </span>
      {singleKeys ? (
        <span className="flex items-center gap-[5px] max-[1000px]:hidden">
          <Key>Space</Key> toggle
        </span>
      ) : null}
    </>
  );
}

function ScreenKeys({ keys }: Pick<KeyBarProps, "keys">) {
  return (
    <>
      <span className="flex items-center gap-[5px]">
        <Key>{keys.name(MARK_CODES.incorrect)}</Key> incorrect, on to the next
      </span>
      <span className="flex items-center gap-[5px]">
        <Key>{keys.name(MARK_CODES.correct)}</Key> correct, and done
      </span>
    </>
  );
}
