import { wilsonInterval } from "@/server/rating/domain/level";
import { CONCEPTS, type Concept, type Probed, type ProbePoint } from "./read-probe";

export type FlipPoint = {
  /** The text is the concept's own before this step and the other's from it on. */
  step: number;
  /** Images that follow the switch, of so many that were measured there. */
  flipped: number;
  of: number;
  share: number;
  low: number;
  high: number;
};
export type FlipCurve = {
  concept: Concept;
  points: FlipPoint[];
  /** From this step on at most half of the images follow the switch; null: at its last step more do. */
  half: number | null;
  /** Images that told no curve of this concept: in no count above. */
  lacking: number;
};

/** Whether the image follows the text that came in: at equal scores it stays, as the probe itself counts. */
export const isFlipped = (concept: Concept, { first, second }: ProbePoint): boolean =>
  concept === "first" ? second > first : first > second;

/**
 * When each concept is decided, over images: what share of them still follows a switch of the text at each step, with Wilson's interval
 * of 95 %, which takes images as independent. Of one image `half` is the step at which the concept is decided. A concept that no image
 * tells of has no curve.
 */
export function flipCurves(images: readonly (Probed | null)[]): FlipCurve[] {
  return CONCEPTS.flatMap((concept) => {
    const told = images.flatMap((image) => (image?.[concept] ? [image[concept]] : []));
    if (told.length === 0) return [];
    const points = pointsOf(concept, told.flat());
    return [{ concept, points, half: halfOf(points), lacking: images.length - told.length }];
  });
}

function pointsOf(concept: Concept, all: readonly ProbePoint[]): FlipPoint[] {
  return [...Map.groupBy(all, ({ step }) => step)]
    .map(([step, there]) => {
      const of = there.length;
      const flipped = there.filter((point) => isFlipped(concept, point)).length;
      return { step, flipped, of, share: flipped / of, ...wilsonInterval(flipped, of) };
    })
    .toSorted((one, other) => one.step - other.step);
}

function halfOf(points: readonly FlipPoint[]): number | null {
  const lastAbove = points.findLastIndex(({ share }) => share > 0.5);
  return points[lastAbove + 1]?.step ?? null;
}
