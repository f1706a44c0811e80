import { useId } from "react";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import type { Comparison } from "@/server/comparison/show-comparison";
import { TestsCsv } from "./tests-csv";
import { levelsWords, mcnemarWords, nameOf, pointsWords, signFlipWords } from "./words";

/** Every method against the baseline; p is adjusted for as many as were compared. */
export function MethodTests({ project, comparison }: { project: string; comparison: Comparison }) {
  const heading = useId();
  const { methods, generators, bootstrap, flips } = comparison;
  const isSampled = methods.some(({ signedRanks }) => signedRanks.sampled !== null);
  return (
    <section aria-labelledby={heading}>
      <div className="mb-2 flex items-center">
        <h2 id={heading}>Against the baseline</h2>
        <span className="ml-auto">
          <TestsCsv project={project} comparison={comparison} />
        </span>
      </div>
      <Table
        label="Every method against the baseline"
        head={
          <>
            <Th>Method</Th>
            <Th num>Pairs</Th>
            <Th>Still Level 5</Th>
            <Th>McNemar, Holm</Th>
            <Th>Mean Level</Th>
            <Th>Sign-flip, Holm</Th>
          </>
        }
      >
        {methods.map((one) => {
          const method = generators.find(({ revisionId }) => revisionId === one.revisionId);
          return (
            <Tr key={one.revisionId}>
              <Td>{method ? nameOf(method) : null}</Td>
              <Td num>{one.pairs}</Td>
              <Td>{pointsWords(one.fiveDifference)}</Td>
              <Td>{mcnemarWords(one.mcnemar, one.holm.mcnemar, one.pairs)}</Td>
              <Td>{levelsWords(one.levelsGained)}</Td>
              <Td>{signFlipWords(one.holm.signedRanks, one.pairs)}</Td>
            </Tr>
          );
        })}
      </Table>
      <p className="mt-1.5 small-print">
        Intervals of 95 %: percentiles of {bootstrap.draws.toLocaleString("en-GB")} resamples of
        pairs, seed {bootstrap.seed}. McNemar is exact, on Level 5 or not. The sign-flip test is on
        signed ranks of the Levels, zeros after Pratt
        {isSampled
          ? `; ${flips.draws.toLocaleString("en-GB")} sign patterns drawn, seed ${flips.seed}`
          : ", all sign patterns counted"}
        . Holm: adjusted for {methods.length === 1 ? "one method" : `${methods.length} methods`}.
      </p>
    </section>
  );
}
