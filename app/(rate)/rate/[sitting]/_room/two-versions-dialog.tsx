"use client";

import { Button } from "@/app/_ui/button";
import { cx } from "@/app/_ui/cx";
import { Dialog, DialogActions } from "@/app/_ui/dialog";
import { thumbnail } from "@/app/(rate)/_session/image-address";
import type { TwoVersions } from "@/app/(rate)/_session/two-windows";
import type { Judgement } from "@/server/rating/domain/grid-state";
import { VERDICT_LOOK } from "./verdict-look";

export type TwoVersionsDialogProps = {
  versions: TwoVersions;
  /** Whose verdicts lie against the other's. */
  mine: "window" | "closed window";
  onPick: (picked: "mine" | "theirs") => void;
};

const PICK =
  "Neither window saw the other's verdicts. Pick the version that counts; the log keeps both.";
const WORDS = {
  window: {
    title: "This grid was rated in another window too",
    mine: "This window",
    keep: "Keep this window's",
  },
  "closed window": {
    title: "A grid was rated in two windows",
    mine: "The closed window",
    keep: "Keep the closed window's",
  },
};

/** Stays until one is picked: what is judged further would stand on sand. */
export function TwoVersionsDialog({ versions, mine, onPick }: TwoVersionsDialogProps) {
  const { table, disputed } = versions;
  const words = WORDS[mine];
  return (
    <Dialog open onOpenChange={() => {}} title={words.title} description={PICK} width={560}>
      <table className="w-full text-13">
        <thead className="text-left text-12 text-ink-3">
          <tr>
            <th className="py-1 font-normal">Image</th>
            <th className="py-1 font-normal">{words.mine}</th>
            <th className="py-1 font-normal">The other</th>
          </tr>
        </thead>
        <tbody className="divide-y divide-line border-y border-line">
          {disputed.map(({ index, mine, theirs }) => (
            <tr key={index}>
              <th scope="row" className="py-1 font-normal">
                <span className="flex items-center gap-2">
                  <img
                    src={thumbnail(table.grid.cells[index]?.imageId ?? "")}
                    alt=""
                    className="size-10 rounded-1 bg-surface-well object-contain"
                  />
                  {index + 1}
                </span>
              </th>
              <td>
                <Verdict judgement={mine} />
              </td>
              <td>
                <Verdict judgement={theirs} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <DialogActions>
        <Button onClick={() => onPick("mine")}>{words.keep}</Button>
        <Button onClick={() => onPick("theirs")}>Take the other's</Button>
      </DialogActions>
    </Dialog>
  );
}

function Verdict({ judgement: { verdict } }: { judgement: Judgement }) {
  const { word, Icon, ink } = VERDICT_LOOK[verdict ?? "unrated"];
  return (
    <span className={cx("flex items-center gap-1.5 [&_svg]:size-4", ink)}>
      <Icon aria-hidden />
      {word}
    </span>
  );
}
