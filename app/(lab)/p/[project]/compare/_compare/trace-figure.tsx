import { useId } from "react";
import type { Searched } from "@/server/comparison/domain/read-trace";
import { scoreGaps, scoreLines } from "./score-lines";
import { StepsPlot } from "./steps-plot";

/** How a method found its switch step: the scores of both concepts at each step that it visited, in words and drawn. */
export function TraceFigure({ searched }: { searched: Searched }) {
  const heading = useId();
  const { visited, threshold } = searched;
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading} className="text-13 font-bold">
        How it got there
      </h3>
      <ol className="mt-1 text-12 text-ink-2">
        {visited.map((visit, at) => (
          <li key={visit.step}>
            Round {at + 1}, after step {visit.step}: first {visit.first.toFixed(2)}, second{" "}
            {visit.second.toFixed(2)}, apart {Math.abs(visit.first - visit.second).toFixed(2)}
            {visit.kept ? <b className="font-mid text-good"> ✓ kept</b> : null}
          </li>
        ))}
      </ol>
      <StepsPlot lines={scoreLines(visited)} gaps={scoreGaps(visited)} threshold={threshold} />
    </section>
  );
}
