import { useId } from "react";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import { LEVELS } from "@/server/comparison/domain/level-counts";
import type { Comparison } from "@/server/comparison/show-comparison";
import { CsvButton } from "../../plots/_plots/csv-button";
import { Stacked } from "./stacked";
import { nameOf, wholePercent } from "./words";

/** Of each pattern, how many pairs are at which Level with each generator, and how many still at 5. */
export function PatternShares({
  project,
  comparison,
}: {
  project: string;
  comparison: Comparison;
}) {
  const heading = useId();
  const { byPattern, generators } = comparison;
  const named = (id: string) => {
    const found = generators.find(({ revisionId }) => revisionId === id);
    return found ? nameOf(found) : "";
  };
  return (
    <section aria-labelledby={heading}>
      <div className="mb-2 flex items-center">
        <h2 id={heading}>Levels by pattern</h2>
        <span className="ml-auto">
          <CsvButton
            title="Levels by pattern"
            name={`${project}-comparison-${comparison.repair.number}-patterns`}
            head={["pattern", "generator", "rated", ...LEVELS.map((level) => `level_${level}`)]}
            rows={byPattern.flatMap((row) =>
              row.generators.map(({ revisionId, rated, counts }) => [
                row.pattern,
                named(revisionId),
                rated,
                ...counts,
              ]),
            )}
          />
        </span>
      </div>
      <Table
        label="Pairs at Levels 1 to 5, by pattern and generator"
        head={
          <>
            <Th>Pattern</Th>
            <Th num>Pairs</Th>
            {generators.map((one) => (
              <Th key={one.revisionId} num>
                {nameOf(one)}
              </Th>
            ))}
          </>
        }
      >
        {byPattern.map((row) => (
          <Tr key={row.patternId}>
            <Td>{row.pattern}</Td>
            <Td num>{row.pairs}</Td>
            {row.generators.map(({ revisionId, five, counts, rated }) => (
              <Td key={revisionId} num>
                {five ? (
                  <>
                    <Stacked counts={counts} rated={rated} />
                    {counts[4]} of {rated} still 5,{" "}
                    <span className="text-12 text-ink-3">
                      {wholePercent(five.low)}–{wholePercent(five.high)} %
                    </span>
                  </>
                ) : (
                  "–"
                )}
              </Td>
            ))}
          </Tr>
        ))}
      </Table>
    </section>
  );
}
