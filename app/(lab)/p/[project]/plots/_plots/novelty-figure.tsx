"use client";

import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from "recharts";
import { NOVELTY_LIMIT } from "@/server/mining/domain/saturation/saturation";
import type { PatternNovelty } from "@/server/project/plots/read-novelty";
import { GRID, inPercent, LINE, SHARES, TICK } from "./axes";
import { Figure } from "./figure";

const HEIGHT = 280;

/** The share of new pairs batch by batch; the pattern whose last batch brought least stands out. */
export function NoveltyFigure({
  project,
  novelty,
}: {
  project: string;
  novelty: readonly PatternNovelty[];
}) {
  const lowest = novelty.toSorted((x, y) => lastShare(x) - lastShare(y))[0];
  return (
    <Figure
      title="Novelty over batches"
      words={`Share of new pairs per batch. ${novelty.map(wordsOf).join("; ")}. The limit is ${inPercent(NOVELTY_LIMIT)}.`}
      name={`${project}-novelty`}
      head={["pattern", "batch", "new", "judged", "share", "at_most_90", "retest"]}
      rows={novelty.flatMap(({ pattern, batches }) =>
        batches.map((batch) => [
          pattern,
          batch.number,
          batch.fresh,
          batch.judged,
          batch.share,
          batch.atMost,
          batch.isRetest,
        ]),
      )}
      note={
        lowest
          ? `Blue: ${lowest.pattern}, whose last batch brought least. Dashed: the limit of ${inPercent(NOVELTY_LIMIT)}.`
          : undefined
      }
    >
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <LineChart data={byNumber(novelty)} margin={{ top: 6, right: 16, bottom: 0, left: 0 }}>
          <CartesianGrid {...GRID} vertical={false} />
          <XAxis
            type="number"
            dataKey="number"
            domain={["dataMin", "dataMax"]}
            allowDecimals={false}
            tick={TICK}
            axisLine={LINE}
            tickLine={false}
          />
          <YAxis
            domain={[0, 1]}
            ticks={SHARES}
            tickFormatter={inPercent}
            width={48}
            tick={TICK}
            axisLine={false}
            tickLine={false}
          />
          <ReferenceLine y={NOVELTY_LIMIT} stroke="var(--bad)" strokeDasharray="5 4" />
          {novelty
            // Drawn last, so that no other line hides it.
            .toSorted((x, y) => Number(x === lowest) - Number(y === lowest))
            .map((one) => (
              <Line
                key={one.patternId}
                dataKey={one.patternId}
                name={one.pattern}
                connectNulls
                stroke={one === lowest ? "var(--accent)" : "var(--line-control)"}
                strokeWidth={one === lowest ? 2 : 1.25}
                dot={{
                  r: one === lowest ? 3 : 1.5,
                  strokeWidth: 0,
                  fill: one === lowest ? "var(--accent)" : "var(--line-control)",
                }}
                isAnimationActive={false}
              />
            ))}
        </LineChart>
      </ResponsiveContainer>
    </Figure>
  );
}

const lastShare = ({ batches }: PatternNovelty) => batches.at(-1)?.share ?? 1;

/** One row a batch number, one column a pattern, as the library wants it. */
function byNumber(novelty: readonly PatternNovelty[]) {
  const rows = new Map<number, Record<string, number>>();
  for (const { patternId, batches } of novelty) {
    for (const { number, share } of batches) {
      if (share === null) continue;
      const row = rows.get(number) ?? { number };
      row[patternId] = share;
      rows.set(number, row);
    }
  }
  return [...rows.values()].toSorted((x, y) => (x.number ?? 0) - (y.number ?? 0));
}

const wordsOf = ({ pattern, batches }: PatternNovelty) =>
  `${pattern}: ${batches.map(({ number, fresh, judged }) => `batch ${number} ${fresh} of ${judged}`).join(", ")}`;
