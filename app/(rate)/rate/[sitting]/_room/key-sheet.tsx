"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Dialog } from "@/app/_ui/dialog";
import { Checkbox } from "@/app/_ui/field";
import { Key } from "@/app/_ui/key";
import { KEY_LAYOUTS, type KeyLayout } from "@/db/enums";
import { CELL_KEYS, MARK_CODES } from "@/server/rating/domain/key-map";
import type { RatingPreferences } from "@/server/rating/schemas";
import type { KeyNames } from "./use-key-labels";

export type KeySheetProps = {
  onClose: () => void;
  keys: KeyNames;
  preferences: RatingPreferences;
  onPreferences: (preferences: RatingPreferences) => void;
};

export function KeySheet({ onClose, keys, preferences, onPreferences }: KeySheetProps) {
  const trpc = useTRPC();
  const save = useMutation(trpc.rating.savePreferences.mutationOptions());
  const choose = (change: Partial<RatingPreferences>) => {
    const chosen = { ...preferences, ...change };
    onPreferences(chosen);
    save.mutate(chosen);
  };
  return (
    <Dialog open onOpenChange={onClose} title="Keys" width={780} hasClose>
      <div className="grid grid-cols-[232px_minmax(0,1fr)] gap-x-8 gap-y-4 text-13 max-[700px]:grid-cols-1">
        <div>
          <LayoutChoice
            layout={preferences.keyLayout}
            onChoose={(keyLayout) => choose({ keyLayout })}
          />
          <div className="mt-2 grid w-max grid-cols-5 gap-1">
            {CELL_KEYS[keys.layout].map((key, index) => (
              <Key key={`${key.code} ${key.shift}`}>{keys.cell(index)}</Key>
            ))}
          </div>
          <p className="small-print mt-2">
            Each key is the image in its place. Once: {preferences.firstPress}; again: the other
            one. When screening, the images stand in the order drawn.
          </p>
          <div className="mt-3 grid gap-1 border-t border-line pt-3">
            <Checkbox
              label="The first press means correct"
              checked={preferences.firstPress === "correct"}
              onChange={(event) =>
                choose({ firstPress: event.target.checked ? "correct" : "incorrect" })
              }
            />
            <Checkbox
              label="Single-key shortcuts (without them: arrows, Space, Enter, Page Up, Page Down and Ctrl+Z)"
              checked={preferences.singleKeys}
              onChange={(event) => choose({ singleKeys: event.target.checked })}
            />
            {save.error ? (
              <p role="alert" className="text-12 text-bad">
                Used here, but not saved for next time: {save.error.message}
              </p>
            ) : null}
          </div>
        </div>
        <dl className="grid grid-cols-[118px_minmax(0,1fr)] content-start gap-y-1">
          {otherKeys(keys).map(([names, what]) => (
            <div key={what} className="contents">
              <dt className="flex flex-wrap items-center gap-1">
                {names.map((key) => (
                  <Key key={key}>{key}</Key>
                ))}
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Dialog>
  );
}

const LAYOUTS: Record<KeyLayout, string> = {
  block: "Left-hand block",
  digits: "Digits, and with Shift",
};

type LayoutChoiceProps = { layout: KeyLayout; onChoose: (layout: KeyLayout) => void };

function LayoutChoice({ layout, onChoose }: LayoutChoiceProps) {
  return (
    <fieldset className="flex flex-wrap gap-x-3">
      <legend className="sr-only">Keys of the 20 images</legend>
      {KEY_LAYOUTS.map((option) => (
        <label key={option} className="flex min-h-6 cursor-pointer items-center gap-1.5 text-12">
          <input
            type="radio"
            name="key-layout"
            checked={layout === option}
            onChange={() => onChoose(option)}
            className="size-4 accent-accent"
          />
          {LAYOUTS[option]}
        </label>
      ))}
    </fieldset>
  );
}

const DETAILS = ["aSeen", "bSeen", "relation", "latentSeen"] as const;

const otherKeys = ({ name, detail }: KeyNames): [keys: string[], what: string][] => [
  [["←", "↑", "→", "↓"], "move the cursor"],
  [["Home", "End"], "ends of the row"],
  [["Space"], "toggle the image under the cursor"],
  [[name(MARK_CODES.incorrect), name(MARK_CODES.correct)], "it is incorrect, correct"],
  [
    DETAILS.map(detail),
    "what is seen in it, where the project asks: A, B, their place, something else",
  ],
  [["Enter"], "submit, or go to the first open image"],
  [["⇧Enter"], "the rest are incorrect, or correct: asks which"],
  [["PgUp"], "the grid before, opened again"],
  [["PgDn"], "the next grid that is held; this one comes again"],
  [["⌫", "Ctrl+Z"], "undo, also over submitted grids"],
  [["Ctrl+Y", "Ctrl+⇧Z"], "redo"],
  [[name("Period")], "hold for full size"],
  [[name("Semicolon")], "flag the image as broken"],
  [[name("KeyL")], "later: put this grid at the end"],
  [[name("KeyU")], "cannot judge this grid"],
  [[name("KeyN")], "note on this grid"],
  [[name("KeyH")], "guidelines"],
  [["Esc"], "close what is open"],
];
