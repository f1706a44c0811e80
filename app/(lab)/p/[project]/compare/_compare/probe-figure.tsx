import { useId } from "react";
import { type FlipCurve, flipCurves, isFlipped } from "@/server/comparison/domain/flip-curves";
import type { Probed } from "@/server/comparison/domain/read-probe";
import { scoreLines } from "./score-lines";
import { StepsPlot } from "./steps-plot";

/** When each concept of one image is decided: both scores by the step at which its text gave way to the other's. */
export function ProbeFigure({ probed }: { probed: Probed }) {
  const heading = useId();
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading} className="text-13 font-bold">
        When each concept is decided
      </h3>
      {flipCurves([probed]).map(({ concept, half }) => (
        <div key={concept} className="mt-1">
          <p className="text-12 text-ink-2">{decidedWords(concept, half)}</p>
          <ol className="sr-only">
            {probed[concept]?.map((point) => (
              <li key={point.step}>
                Switched after step {point.step}: first {point.first.toFixed(2)}, second{" "}
                {point.second.toFixed(2)}, {isFlipped(concept, point) ? "follows" : "stays"}
              </li>
            ))}
          </ol>
          <StepsPlot lines={scoreLines(probed[concept] ?? [])} />
        </div>
      ))}
    </section>
  );
}

const decidedWords = (concept: FlipCurve["concept"], half: number | null) =>
  half === null
    ? `Begun with the ${concept} concept: decided at no step`
    : `Begun with the ${concept} concept: decided after step ${half}`;
