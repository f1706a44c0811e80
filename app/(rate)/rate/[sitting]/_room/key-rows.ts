import { isSingleKeyCap } from "@/app/_ui/single-keys";
import { MARK_CODES } from "@/server/rating/domain/key-map";
import type { KeyNames } from "./use-key-labels";

/** What else a key does, in the order of the sheet; with single keys switched off only what still works. */
export function keyRows(keys: KeyNames, singleKeys: boolean): [keys: string[], what: string][] {
  const works = (key: string) => singleKeys || !(isSingleKeyCap(key) || key === BACKSPACE);
  return rows(keys).flatMap(([names, what]): [string[], string][] => {
    const working = names.filter(works);
    return working.length > 0 ? [[working, what]] : [];
  });
}

const BACKSPACE = "⌫";
const DETAILS = ["aSeen", "bSeen", "relation", "latentSeen"] as const;

const rows = ({ name, detail }: KeyNames): [keys: string[], what: string][] => [
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
  [[BACKSPACE, "Ctrl+Z"], "undo, also over submitted grids"],
  [["Ctrl+Y", "Ctrl+⇧Z"], "redo"],
  [[name("Period")], "hold for full size"],
  [[name("Semicolon")], "flag the image as broken"],
  [[name("KeyL")], "later: put this grid at the end"],
  [[name("KeyU")], "cannot judge this grid"],
  [[name("KeyN")], "note on this grid"],
  [[name("KeyH")], "guidelines"],
  [["Esc"], "close what is open"],
];
