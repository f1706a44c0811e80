"use client";

import { inPercent, SHARES } from "../../../plots/_plots/axes";
import { Figure } from "../../../plots/_plots/figure";
import { DRAWN, IntervalPlot } from "../../../plots/_plots/interval-plot";
import type { GoldList } from "./gold";

type Props = { project: string; turns: GoldList["turns"] };

/** Whether raters judge gold worse the more grids they have done. */
export function GoldTurns({ project, turns }: Props) {
  const named = turns.map((turn) => ({ ...turn, name: `Grids ${turn.from} to ${turn.to}` }));
  return (
    <Figure
      title="Gold as meant, by how many grids its rater had done"
      words={`Share of gold images judged as meant, with 95 % interval. ${named
        .map(
          ({ name, share, low, high }) =>
            `${name}: ${inPercent(share)}, ${inPercent(low)} to ${inPercent(high)}`,
        )
        .join("; ")}`}
      name={`${project}-gold-by-turn`}
      head={["from", "to", "raters", "grids", "images", "as_meant", "share", "low_95", "high_95"]}
      rows={turns.map(({ from, to, raters, grids, images, right, share, low, high }) => [
        ...[from, to, raters, grids, images, right, share, low, high],
      ])}
      note={`All raters together, each one’s grids counted from their first. A share that falls from block to block speaks for tired raters. Intervals: Wilson, image-level.${
        turns.length > DRAWN ? ` The first ${DRAWN} are drawn.` : ""
      }`}
    >
      <IntervalPlot
        rows={named.map(({ name, share, low, high }) => ({
          name,
          values: [{ value: share, low, high }],
        }))}
        domain={[0, 1]}
        ticks={SHARES}
        sayTick={inPercent}
      />
    </Figure>
  );
}
