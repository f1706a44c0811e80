"use client";

import { Bar, BarChart, LabelList, ResponsiveContainer, XAxis, YAxis } from "recharts";
import type { Diversity } from "@/server/mining/domain/diversity/diversity";
import { LINE, TICK } from "./axes";
import { Figure } from "./figure";

const HEIGHT = 186;

export type DiversityFigureProps = { project: string; diversity: Diversity; judge: string };

/** How different the pairs at Level 5 are from each other. */
export function DiversityFigure({ project, diversity, judge }: DiversityFigureProps) {
  const { pairs, headsA, headsB, cells, evenness, compared, nearestDistance, vendi } = diversity;
  const bars = [
    { name: "Pairs at Level 5", value: pairs },
    { name: "Different heads of A with B", value: cells },
    { name: "Different heads of A", value: headsA },
    { name: "Different heads of B", value: headsB },
    { name: "Vendi score", value: vendi === null ? 0 : Math.round(vendi * 10) / 10 },
  ];
  const numbers = [
    ["evenness", evenness],
    ["nearest_distance", nearestDistance],
    ["compared", compared],
  ] as const;
  return (
    <Figure
      title="Diversity of the finds"
      words={bars.map(({ name, value }) => `${name}: ${value}`).join("; ")}
      name={`${project}-diversity-${judge}`}
      head={["measure", "value", "judge"]}
      rows={[
        ...bars.map(({ name, value }) => [name, value, judge] as const),
        ...numbers.map(([name, value]) => [name, value, judge] as const),
      ]}
      note={
        <>
          Evenness over heads <b>{shown(evenness)}</b>, mean distance to the most alike{" "}
          <b>{shown(nearestDistance)}</b>. The Vendi score is the effective number of different
          pairs among the newest {compared}, by letters.
        </>
      }
    >
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <BarChart layout="vertical" data={bars} margin={{ top: 0, right: 48, bottom: 0, left: 0 }}>
          <XAxis type="number" hide domain={[0, "dataMax"]} />
          <YAxis
            type="category"
            dataKey="name"
            width={210}
            tick={TICK}
            axisLine={LINE}
            tickLine={false}
            interval={0}
          />
          <Bar dataKey="value" barSize={10} fill="var(--line-control)" isAnimationActive={false}>
            <LabelList dataKey="value" position="right" fill="var(--ink)" fontSize={12} />
          </Bar>
        </BarChart>
      </ResponsiveContainer>
    </Figure>
  );
}

const shown = (value: number | null) => (value === null ? "–" : value.toFixed(2));
