"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Dialog } from "@/app/_ui/dialog";
import { Checkbox } from "@/app/_ui/field";
import { Key } from "@/app/_ui/key";
import { CELL_CODES, DETAIL_CODES, MARK_CODES } from "@/server/rating/domain/key-map";
import type { RatingPreferences } from "@/server/rating/schemas";

export type KeySheetProps = {
  onClose: () => void;
  keyName: (code: string) => string;
  preferences: RatingPreferences;
  onPreferences: (preferences: RatingPreferences) => void;
};

export function KeySheet({ onClose, keyName, preferences, onPreferences }: KeySheetProps) {
  const trpc = useTRPC();
  const save = useMutation(trpc.rating.savePreferences.mutationOptions());
  const choose = (change: Partial<RatingPreferences>) => {
    const chosen = { ...preferences, ...change };
    onPreferences(chosen);
    save.mutate(chosen);
  };
  return (
    <Dialog open onOpenChange={onClose} title="Keys" width={620}>
      <div className="grid grid-cols-[220px_1fr] gap-x-8 text-13">
        <div>
          <div className="grid w-max grid-cols-5 gap-1">
            {CELL_CODES.map((code) => (
              <Key key={code}>{keyName(code)}</Key>
            ))}
          </div>
          <p className="small-print mt-2">
            Each key is the image in its place. Once: {preferences.firstPress}; again: the other
            one. When screening, the images stand in the order drawn.
          </p>
        </div>
        <dl className="grid grid-cols-[118px_1fr] gap-y-1">
          {otherKeys(keyName).map(([keys, what]) => (
            <div key={what} className="contents">
              <dt className="flex flex-wrap items-center gap-1">
                {keys.map((key) => (
                  <Key key={key}>{key}</Key>
                ))}
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
      </div>
      <div className="mt-4 grid gap-1 border-t border-line pt-3 text-13">
        <Checkbox
          label="The first press means correct"
          checked={preferences.firstPress === "correct"}
          onChange={(event) =>
            choose({ firstPress: event.target.checked ? "correct" : "incorrect" })
          }
        />
        <Checkbox
          label="Single-key shortcuts (without them: arrows, Space, Enter and Ctrl+Z)"
          checked={preferences.singleKeys}
          onChange={(event) => choose({ singleKeys: event.target.checked })}
        />
        {save.error ? (
          <p role="alert" className="text-12 text-bad">
            Used here, but not saved for next time: {save.error.message}
          </p>
        ) : null}
      </div>
    </Dialog>
  );
}

const otherKeys = (keyName: (code: string) => string): [keys: string[], what: string][] => [
  [["←", "↑", "→", "↓"], "move the cursor"],
  [["Home", "End"], "ends of the row"],
  [["Space"], "toggle the image under the cursor"],
  [[keyName(MARK_CODES.incorrect), keyName(MARK_CODES.correct)], "it is incorrect, correct"],
  [
    Object.values(DETAIL_CODES).map(keyName),
    "what is seen in it, where the project asks: A, B, their place, something else",
  ],
  [["Enter"], "submit, or go to the first open image"],
  [["⌫", "Ctrl+Z"], "undo, also over submitted grids"],
  [["Ctrl+Y", "Ctrl+⇧Z"], "redo"],
  [[keyName("Period")], "hold for full size"],
  [[keyName("Semicolon")], "flag the image as broken"],
  [[keyName("KeyL")], "later: put this grid at the end"],
  [[keyName("KeyU")], "cannot judge this grid"],
  [[keyName("KeyN")], "note on this grid"],
  [[keyName("KeyH")], "guidelines"],
  [["Esc"], "close what is open"],
];
