import { useId } from "react";
import { cx } from "@/app/_ui/cx";
import { LevelChip } from "@/app/_ui/level-chip";
import { LEVELS } from "@/server/comparison/domain/level-counts";
import type { Comparison } from "@/server/comparison/show-comparison";
import { LevelsSvg } from "./levels-svg";
import { SetupNote } from "./setup-note";
import { Stacked } from "./stacked";
import { evalsWords, secondsWords, wholePercent } from "./words";

type Generator = Comparison["generators"][number];

/** How many pairs each generator draws at which Level, and what an image costs it. */
export function LevelBars({ project, comparison }: { project: string; comparison: Comparison }) {
  const heading = useId();
  const { generators, pairs } = comparison;
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading} className="mb-2 flex items-center gap-2">
        Levels at the fresh seeds
        <span className="flex gap-1">
          {LEVELS.map((level) => (
            <LevelChip key={level} level={level} />
          ))}
        </span>
        <LevelsSvg project={project} comparison={comparison} />
      </h2>
      <div className="overflow-x-auto">
        <table aria-labelledby={heading} className="w-full text-13">
          <thead>
            <tr>
              {[
                "Generator",
                "Pairs at Levels 1 to 5",
                "Still 5, %",
                "95 %",
                "Substituted, %",
                "Evals",
                "Seconds",
              ].map((words, at) => (
                <th
                  key={words}
                  scope="col"
                  className={cx("small-print py-1 pr-3", at > 1 ? "text-right" : "text-left")}
                >
                  {words}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {generators.map((one) => (
              <Row key={one.revisionId} one={one} pairs={pairs.length} />
            ))}
          </tbody>
        </table>
      </div>
      <p className="mt-1.5 small-print">
        95 %: Wilson interval over pairs. Substituted: images with the expected other concept and
        without B, of those that raters were asked about in detail. Evals, backward passes and
        seconds are of one image, as its endpoint counted them.
      </p>
      <SetupNote generators={generators} />
      <MiningNote generators={generators} pairs={pairs.length} />
    </section>
  );
}

function Row({ one, pairs }: { one: Generator; pairs: number }) {
  const { levels, cost, substituted } = one;
  return (
    <tr>
      <th scope="row" className="py-1 pr-3 text-left font-normal">
        <span className={cx(one.isBaseline && "font-bold")}>{one.name}</span>{" "}
        <span className="small-print whitespace-nowrap">
          revision {one.number}
          {one.isBaseline ? ", baseline" : ""}
        </span>
      </th>
      <td className="w-[40%] py-1 pr-3">
        <Stacked counts={levels.counts} rated={levels.rated} of={pairs} />
      </td>
      <td className="py-1 pr-3 text-right font-bold">
        {levels.five ? wholePercent(levels.five.share) : "–"}
      </td>
      <td className="py-1 pr-3 text-right whitespace-nowrap text-ink-3">
        {levels.five ? `${wholePercent(levels.five.low)}–${wholePercent(levels.five.high)}` : "–"}
      </td>
      <td
        className="py-1 pr-3 text-right"
        title={
          substituted
            ? `${substituted.substituted} of ${substituted.asked} images that raters were asked about in detail`
            : "No rater was asked what is to be seen"
        }
      >
        {substituted ? wholePercent(substituted.share) : "–"}
      </td>
      <td className="py-1 pr-3 text-right">
        {evalsWords(cost?.evals)}
        {cost?.backwards ? (
          <span className="block small-print">and {evalsWords(cost.backwards)} backward</span>
        ) : null}
      </td>
      <td className="py-1 text-right">{secondsWords(cost?.seconds)}</td>
    </tr>
  );
}

/** At the seeds that pairs were chosen by, the baseline has nothing but Level 5: shown, and never tested. */
function MiningNote({ generators, pairs }: { generators: readonly Generator[]; pairs: number }) {
  const known = generators.filter(({ mining }) => mining.rated > 0);
  if (known.length === 0) return null;
  return (
    <details className="mt-3 text-13" open>
      <summary className="link w-fit list-none text-12">
        At the mining seeds, without a test
      </summary>
      <p className="mt-1.5 small-print">
        These pairs were chosen because those very images failed: whoever draws them anew seems to
        repair some. Only the fresh seeds are the same chance for all.
        {known.some(({ mining }) => mining.rated < pairs)
          ? " “Without”: pairs that have no Level of that generator there."
          : null}
      </p>
      <ul className="mt-1.5 grid gap-1">
        {known.map((one) => (
          <li key={one.revisionId} className="grid grid-cols-[200px_minmax(0,1fr)] items-center">
            <span>
              {one.name} <span className="small-print">revision {one.number}</span>
            </span>
            <Stacked counts={one.mining.counts} rated={one.mining.rated} of={pairs} />
          </li>
        ))}
      </ul>
    </details>
  );
}
