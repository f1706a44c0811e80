"use client";

import { useId } from "react";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import type { Correlated } from "@/server/metrics/domain/correlate";
import type { Metrics } from "@/server/metrics/show-metrics";
import { many } from "../../_board/board-words";
import { CsvButton } from "../../plots/_plots/csv-button";
import { NoEvidence } from "./no-evidence";
import { figureCells, figureWords, measureWords, modelWords } from "./words";

const FIGURES = ["spearman", "kendall", "pearson", "auc"] as const;
const SAID = { spearman: "ρ", kendall: "τ", pearson: "r", auc: "AUC" } as const;
const FIGURE_HEAD = FIGURES.flatMap((name) => [name, `${name}_low`, `${name}_high`]);
const COUNT_HEAD = ["pairs", "grids", "images"];

const cellsOf = (row: Correlated) => [
  row.pairs,
  row.grids,
  row.images,
  ...FIGURES.flatMap((name) => figureCells(row[name])),
];

const FigureHeads = () => (
  <>
    <Th num>Pairs</Th>
    <Th num>Grids</Th>
    {FIGURES.map((name) => (
      <Th key={name}>{SAID[name]}</Th>
    ))}
  </>
);

const FigureCells = ({ row }: { row: Correlated }) => (
  <>
    <Td num>{row.pairs}</Td>
    <Td num>{row.grids}</Td>
    {FIGURES.map((name) => (
      <Td key={name} className="whitespace-nowrap">
        {figureWords(row[name])}
      </Td>
    ))}
  </>
);

/** Every score against people, the one that follows them best first. */
export function MeasureTable({ project, metrics }: { project: string; metrics: Metrics }) {
  const heading = useId();
  const { measures, judge } = metrics;
  return (
    <section aria-labelledby={heading}>
      <div className="mb-2 flex items-center gap-2">
        <h2 id={heading}>All scores, all generators</h2>
        <CsvButton
          title="All scores, all generators"
          name={`${project}-metrics-${judge}`}
          head={[
            "scorer",
            "on",
            "model",
            "weights",
            ...COUNT_HEAD,
            ...FIGURE_HEAD,
            "steered_grids",
          ]}
          rows={measures.map(({ scorer, by, all, steeredGrids }) => [
            scorer.name,
            by,
            scorer.model,
            scorer.weightsHash,
            ...cellsOf(all),
            steeredGrids,
          ])}
        />
      </div>
      <Table
        label="All scores against counts"
        head={
          <>
            <Th>Score</Th>
            <Th>Model</Th>
            <FigureHeads />
          </>
        }
      >
        {measures.map((one) => (
          <Tr key={`${one.scorer.id} ${one.by}`}>
            <Td>
              {measureWords(one)}
              {one.steeredGrids > 0 ? (
                <span className="small-print">
                  {" "}
                  without {many(one.steeredGrids, "grid")} that it steered
                </span>
              ) : null}
            </Td>
            <Td className="text-ink-3">{modelWords(one)}</Td>
            <FigureCells row={one.all} />
          </Tr>
        ))}
      </Table>
    </section>
  );
}

type Row = Correlated & { name: string; steered: boolean; trained: boolean };
type GroupProps = { title: string; project: string; measure: string; rows: readonly Row[] };

/** The chosen score in each group; where it steered the images it judges nothing. */
export function GroupTable({ title, project, measure, rows }: GroupProps) {
  const heading = useId();
  return (
    <section aria-labelledby={heading}>
      <div className="mb-2 flex items-center gap-2">
        <h2 id={heading}>
          {title} <span className="small-print">{measure}</span>
        </h2>
        <CsvButton
          title={title}
          name={`${project}-metrics-${title.toLowerCase().replaceAll(" ", "-")}`}
          head={["name", "steered", ...COUNT_HEAD, ...FIGURE_HEAD]}
          rows={rows.map((row) => [row.name, row.steered, ...cellsOf(row)])}
        />
      </div>
      <Table
        label={title}
        head={
          <>
            <Th>{title.replace("By ", "").replace(/^./, (first) => first.toUpperCase())}</Th>
            <FigureHeads />
          </>
        }
      >
        {rows.map((row) => (
          <Tr key={row.name}>
            <Td>
              {row.name} <NoEvidence by="score" row={row} />
            </Td>
            <FigureCells row={row} />
          </Tr>
        ))}
      </Table>
    </section>
  );
}
