"use client";

import { CornerDownLeft } from "lucide-react";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Dialog, DialogActions } from "@/app/_ui/dialog";
import { Field, Input } from "@/app/_ui/field";
import { Key } from "@/app/_ui/key";
import { tooLong } from "@/app/_ui/too-long";
import { MAX_SEEN_LENGTH } from "@/server/rating/domain/text-limits";

const WORDS_ID = "own-words";

export type SeenInsteadDialogProps = {
  before: string;
  /** The rater's own earlier words, and nobody else's. */
  words: readonly string[];
  onSubmit: (words: string) => void;
  onClose: () => void;
};

/** Asked once a grid is done. Enter on the empty field goes on: an answer is welcome, never required. */
export function SeenInsteadDialog({ before, words, onSubmit, onClose }: SeenInsteadDialogProps) {
  const [text, setText] = useState(before);
  const excess = tooLong(text, MAX_SEEN_LENGTH);
  return (
    <Dialog open onOpenChange={onClose} title="What stood in its place?">
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (!excess) onSubmit(text);
        }}
        // The Enter that asked for this may still be held.
        onKeyDown={(event) => {
          if (event.key === "Enter" && event.repeat) event.preventDefault();
        }}
      >
        <Field
          label="In the incorrect images, instead of what was asked for"
          hint="A word or two, such as what the thing is. Leave it empty if nothing did."
          length={{ of: text, most: MAX_SEEN_LENGTH }}
        >
          <Input
            autoFocus
            value={text}
            list={WORDS_ID}
            autoComplete="off"
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
        <datalist id={WORDS_ID}>
          {words.map((word) => (
            <option key={word} value={word} />
          ))}
        </datalist>
        <DialogActions>
          <Button type="submit" variant="primary" notReady={excess}>
            Submit{" "}
            <Key onAccent>
              <CornerDownLeft aria-label="Enter" className="size-3" />
            </Key>
          </Button>
          <Button onClick={onClose}>Back to the grid</Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
