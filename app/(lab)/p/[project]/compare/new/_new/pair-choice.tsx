import { Button } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { Checkbox } from "@/app/_ui/field";
import { LevelChip } from "@/app/_ui/level-chip";
import type { Choices } from "@/server/comparison/repair-choices";
import { many } from "../../../_board/board-words";
import { UnknownTo } from "../../../pairs/_pairs/unknown-to";

export type PairChoiceProps = {
  pairs: Choices["pairs"];
  /** Its generator's name. */
  baseline: string;
  leftOut: ReadonlySet<string>;
  onLeaveOut: (pairIds: ReadonlySet<string>) => void;
};

/** The baseline's pairs at Level 5; those with a concept that it does not know say so. */
export function PairChoice({ pairs, baseline, leftOut, onLeaveOut }: PairChoiceProps) {
  if (pairs.length === 0) {
    return (
      <EmptyState title="This baseline has no pair at Level 5.">
        Choose the generator that was mined with, or rate its grids first.
      </EmptyState>
    );
  }
  const trivial = pairs.filter(({ isTrivial }) => isTrivial);
  const turn = (pairId: string, isTaken: boolean) => {
    const next = new Set(leftOut);
    if (isTaken) next.delete(pairId);
    else next.add(pairId);
    onLeaveOut(next);
  };
  return (
    <section aria-label="Pairs">
      <div className="mb-2 flex items-center gap-2 text-13">
        <span>
          {pairs.length - leftOut.size} of {many(pairs.length, "pair")}
        </span>
        <Button variant="quiet" size={26} onClick={() => onLeaveOut(new Set())}>
          All
        </Button>
        <Button
          variant="quiet"
          size={26}
          onClick={() => onLeaveOut(new Set(pairs.map(({ pairId }) => pairId)))}
        >
          None
        </Button>
        {trivial.length > 0 ? (
          <Button
            variant="quiet"
            size={26}
            onClick={() =>
              onLeaveOut(new Set([...leftOut, ...trivial.map(({ pairId }) => pairId)]))
            }
          >
            Leave out {many(trivial.length, "trivial one")}
          </Button>
        ) : null}
      </div>
      <ul className="panel max-h-[60vh] overflow-y-auto px-3 py-1 text-13">
        {pairs.map((pair) => (
          <li
            key={pair.pairId}
            className="grid grid-cols-[minmax(0,1fr)_auto_auto] items-center gap-x-3 border-line not-first:border-t max-md:grid-cols-[minmax(0,1fr)_auto]"
          >
            <Checkbox
              className="min-h-8"
              checked={!leftOut.has(pair.pairId)}
              onChange={(event) => turn(pair.pairId, event.target.checked)}
              label={
                <span>
                  {pair.conceptA} × {pair.conceptB}
                  {pair.unknown.length > 0 ? (
                    <UnknownTo generator={baseline} concepts={pair.unknown} />
                  ) : null}
                </span>
              }
            />
            <span className="small-print max-md:row-start-2 max-md:pb-1.5 max-md:pl-6">
              {pair.pattern}
              {pair.isTrivial ? ", trivial" : ""}
            </span>
            <LevelChip level={5} simulated={pair.isSimulated} />
          </li>
        ))}
      </ul>
    </section>
  );
}
