import type { FlipCurve } from "@/server/comparison/domain/flip-curves";
import { many } from "../../_board/board-words";
import { inPercent } from "../../plots/_plots/axes";
import { Figure } from "../../plots/_plots/figure";
import { StepsPlot } from "./steps-plot";

type Props = {
  /** Of the generator: "probe, revision 1". */
  generator: string;
  /** Of the files. */
  name: string;
  images: number;
  curves: readonly FlipCurve[];
};

/** What share of a probe's images still follows a switch of the text, by the step at which it is switched. */
export function FlipFigure({ generator, name, images, curves }: Props) {
  const title = `Flip curve: ${generator}`;
  if (curves.length === 0) {
    return (
      <section aria-label={title}>
        <h2 className="mb-2">{title}</h2>
        <p className="small-print">
          {images === 0
            ? "It has drawn no image yet."
            : `None of its ${many(images, "image")} tells how it was probed.`}
        </p>
      </section>
    );
  }
  return (
    <Figure
      title={title}
      words={`Share of the images that follow the other concept's text when it comes after a step. ${curves.map(wordsOf).join(". ")}.`}
      name={name}
      head={[
        "begun_with",
        "after_step",
        "flipped",
        "images",
        "share",
        "low_95",
        "high_95",
        "half_decided_after",
        "images_without_curve",
      ]}
      rows={curves.flatMap(({ concept, points, half, lacking }) =>
        points.map(({ step, flipped, of, share, low, high }) => [
          ...[concept, step, flipped, of, share, low, high],
          ...[half, lacking],
        ]),
      )}
      note={
        <>
          {curves.map(halfWords).join(" ")} Flipped: the concept whose text came in scores above the
          one begun with; first and second as each pair is drawn. Wilson intervals of 95 % over
          images, taken as independent.
        </>
      }
    >
      <StepsPlot
        areShares
        lines={curves.map(({ concept, points }) => ({
          concept,
          points: points.map(({ step, share, low, high }) => ({ step, value: share, low, high })),
        }))}
      />
    </Figure>
  );
}

const wordsOf = ({ concept, points }: FlipCurve) =>
  `Begun with the ${concept}: ${points
    .map(
      ({ step, share, flipped, of, low, high }) =>
        `step ${step} ${inPercent(share)}, ${flipped} of ${of}, between ${inPercent(low)} and ${inPercent(high)}`,
    )
    .join("; ")}`;

function halfWords({ concept, half, lacking }: FlipCurve): string {
  const when =
    half === null
      ? `The ${concept} concept is decided at no step in half of the images`
      : `The ${concept} concept is decided after step ${half} in half of the images`;
  return lacking > 0 ? `${when}; ${many(lacking, "image")} left out, without a curve.` : `${when}.`;
}
