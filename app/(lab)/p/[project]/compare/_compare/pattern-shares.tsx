import { useId } from "react";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import type { Comparison } from "@/server/comparison/show-comparison";
import { nameOf, wholePercent } from "./words";

/** Of each pattern, how many pairs are still at Level 5 with each generator. */
export function PatternShares({ comparison }: { comparison: Comparison }) {
  const heading = useId();
  const { byPattern, generators } = comparison;
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading} className="mb-2">
        Still Level 5, by pattern
      </h2>
      <Table
        label="Pairs still at Level 5, by pattern and generator"
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
                    {counts[4]} of {rated}{" "}
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
