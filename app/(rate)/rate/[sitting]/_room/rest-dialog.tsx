"use client";

import { Check, CornerDownLeft, X } from "lucide-react";
import { type FormEvent, type KeyboardEvent, useState } from "react";
import { Button } from "@/app/_ui/button";
import { cx } from "@/app/_ui/cx";
import { Dialog, DialogActions } from "@/app/_ui/dialog";
import { Key } from "@/app/_ui/key";
import { useSingleKeys } from "@/app/_ui/single-keys";
import { MARK_CODES } from "@/server/rating/domain/key-map";
import type { KeyNames } from "./use-key-labels";

type Verdict = "incorrect" | "correct";
const CHOICES = [
  {
    verdict: "incorrect",
    Icon: X,
    look: "has-checked:border-bad has-checked:bg-bad-tint text-bad",
  },
  {
    verdict: "correct",
    Icon: Check,
    look: "has-checked:border-good has-checked:bg-good-tint text-good",
  },
] as const;

export type RestDialogProps = {
  /** How many images are open and in sight. */
  count: number;
  keys: KeyNames;
  onDecide: (verdict: Verdict) => void;
  onClose: () => void;
};

/** Two steps on purpose: nothing is chosen beforehand, and what is chosen is said before it is done. */
export function RestDialog({ count, keys, onDecide, onClose }: RestDialogProps) {
  const [chosen, setChosen] = useState<Verdict | null>(null);
  const decide = (event: FormEvent) => {
    event.preventDefault();
    if (chosen) onDecide(chosen);
  };
  const singleKeys = useSingleKeys();
  const choose = (event: KeyboardEvent) => {
    // The Enter that opened this may still be held.
    if (event.key === "Enter" && event.repeat) event.preventDefault();
    if (!singleKeys) return;
    const found = CHOICES.find(({ verdict }) => MARK_CODES[verdict] === event.code);
    if (found && !event.ctrlKey && !event.metaKey) setChosen(found.verdict);
  };
  const images = count === 1 ? "1 image" : `${count} images`;
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="The rest of this grid"
      description={`${images} without a verdict. Look at each of them first; one undo takes it back.`}
    >
      <form onSubmit={decide} onKeyDown={choose}>
        <fieldset className="grid grid-cols-2 gap-2">
          <legend className="sr-only">The rest are</legend>
          {CHOICES.map(({ verdict, Icon, look }) => (
            <label
              key={verdict}
              className={cx(
                "flex h-9 cursor-pointer items-center gap-2 rounded-2 border border-line-control px-2.5 font-mid has-focus-visible:shadow-focus [&_svg]:size-4",
                look,
              )}
            >
              <input
                type="radio"
                name="rest"
                checked={chosen === verdict}
                onChange={() => setChosen(verdict)}
                className="size-4 accent-accent"
              />
              <Icon aria-hidden />
              all {verdict}
              <span className="ml-auto">
                <Key>{keys.name(MARK_CODES[verdict])}</Key>
              </span>
            </label>
          ))}
        </fieldset>
        <DialogActions>
          <Button
            type="submit"
            variant="primary"
            notReady={chosen ? false : "Choose one of the two first."}
          >
            {chosen ? `Mark ${images} ${chosen}` : "Mark them"}{" "}
            <Key onAccent>
              <CornerDownLeft aria-label="Enter" className="size-3" />
            </Key>
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
