"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Dialog } from "@/app/_ui/dialog";
import { Checkbox } from "@/app/_ui/field";
import { Key } from "@/app/_ui/key";
import { KEY_LAYOUTS, type KeyLayout } from "@/db/enums";
import { CELL_KEYS } from "@/server/rating/domain/key-map";
import type { RatingPreferences } from "@/server/rating/schemas";
import { keyRows } from "./key-rows";
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
          {preferences.singleKeys ? (
            <CellKeys keys={keys} firstPress={preferences.firstPress} />
          ) : (
            <p className="small-print mt-2">
              Arrows go to an image. Space once: {preferences.firstPress}; again: the other one.
            </p>
          )}
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
          {keyRows(keys, preferences.singleKeys).map(([names, what]) => (
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

type CellKeysProps = Pick<RatingPreferences, "firstPress"> & { keys: KeyNames };

function CellKeys({ keys, firstPress }: CellKeysProps) {
  return (
    <>
      <div className="mt-2 grid w-max grid-cols-5 gap-1">
        {CELL_KEYS[keys.layout].map((key, index) => (
          <Key key={`${key.code} ${key.shift}`}>{keys.cell(index)}</Key>
        ))}
      </div>
      <p className="small-print mt-2">
        Each key is the image in its place. Once: {firstPress}; again: the other one. When
        screening, the images stand in the order drawn.
      </p>
    </>
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
