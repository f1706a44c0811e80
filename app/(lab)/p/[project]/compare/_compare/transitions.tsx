import { useId } from "react";
import { cx } from "@/app/_ui/cx";
import { LevelChip } from "@/app/_ui/level-chip";
import { LEVELS } from "@/server/comparison/domain/level-counts";
import type { Comparison } from "@/server/comparison/show-comparison";
import { many } from "../../_board/board-words";
import { CsvButton } from "../../plots/_plots/csv-button";
import { levelsWords, mcnemarWords, nameOf, pointsWords, signFlipWords } from "./words";

/** From which Level with the first generator to which with the second, and whether that is more than chance. */
export function Transitions({ project, comparison }: { project: string; comparison: Comparison }) {
  const heading = useId();
  const { two, generators } = comparison;
  const named = (id: string) => {
    const found = generators.find(({ revisionId }) => revisionId === id);
    return found ? nameOf(found) : "";
  };
  const across = LEVELS.map((_, to) => two.table.reduce((sum, row) => sum + (row[to] ?? 0), 0));
  return (
    <section aria-labelledby={heading}>
      <div className="mb-1 flex items-center">
        <h2 id={heading}>From Level to Level</h2>
        <span className="ml-auto">
          <CsvButton
            title="From Level to Level"
            name={`${project}-comparison-${comparison.repair.number}-transitions`}
            head={["from", "to", "pairs", "first", "second"]}
            rows={two.table.flatMap((row, from) =>
              row.map((pairs, to) => [
                from + 1,
                to + 1,
                pairs,
                named(two.firstId),
                named(two.secondId),
              ]),
            )}
          />
        </span>
      </div>
      <p className="small-print mb-1.5">
        Rows: {named(two.firstId)}. Columns: {named(two.secondId)}. {many(two.pairs, "pair")} with
        both Levels.
      </p>
      <table aria-labelledby={heading} className="text-13">
        <thead>
          <tr>
            <td />
            {LEVELS.map((level) => (
              <th key={level} scope="col" className="px-0.5 pb-1 text-center">
                <LevelChip level={level} />
              </th>
            ))}
            <th scope="col" className="small-print px-2 text-right">
              all
            </th>
          </tr>
        </thead>
        <tbody>
          {LEVELS.map((level, from) => (
            <tr key={level}>
              <th scope="row" className="pr-2">
                <LevelChip level={level} />
              </th>
              {LEVELS.map((other, to) => (
                <Cell
                  key={other}
                  count={two.table[from]?.[to] ?? 0}
                  of={two.pairs}
                  isSame={from === to}
                />
              ))}
              <td className="px-2 text-right text-ink-3">
                {(two.table[from] ?? []).reduce((sum, count) => sum + count, 0)}
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row" className="small-print pr-2 text-right">
              all
            </th>
            {LEVELS.map((level, to) => (
              <td key={level} className="pt-1 text-center text-ink-3">
                {across[to]}
              </td>
            ))}
            <td className="px-2 pt-1 text-right text-ink-3">{two.pairs}</td>
          </tr>
        </tbody>
      </table>
      <dl className="mt-3 grid grid-cols-[auto_1fr_auto] gap-x-4 text-12 *:border-t *:border-line *:py-1.5">
        <dt className="text-ink-3">Still Level 5</dt>
        <dd>{pointsWords(two.fiveDifference)}</dd>
        <dd className="text-right">
          {two.pairs > 0 ? "McNemar " : ""}
          {mcnemarWords(two.mcnemar, two.mcnemar.exact, two.pairs)}
        </dd>
        <dt className="text-ink-3">Level, paired</dt>
        <dd>
          {two.better} better, {two.same} same, {two.worse} worse; mean{" "}
          {levelsWords(two.levelsGained)}
        </dd>
        <dd className="text-right">
          {two.pairs > 0 ? "sign-flip " : ""}
          {signFlipWords(two.signedRanks.p, two.pairs)}
          {two.signedRanks.rankBiserial === null
            ? ""
            : `, r ${two.signedRanks.rankBiserial.toFixed(2).replace(/^(-?)0\./, "$1.")}`}
        </dd>
      </dl>
    </section>
  );
}

/** An empty cell is a dot; the diagonal has an edge. */
function Cell({ count, of, isSame }: { count: number; of: number; isSame: boolean }) {
  return (
    <td className="p-px">
      <span
        className={cx(
          "grid h-7 w-[52px] place-items-center",
          isSame && "rounded-1 border border-line-control",
        )}
        style={
          count > 0
            ? {
                background: `color-mix(in srgb, var(--ink-3) ${Math.round((30 * count) / of) + 6}%, transparent)`,
              }
            : undefined
        }
      >
        {count === 0 ? "·" : count}
      </span>
    </td>
  );
}
