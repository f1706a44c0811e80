import { type Allotment, type Arm, PATTERN_FLOOR } from "./allocate";

/** Why this arm is suggested, in words that a person can check against the pattern's own figures. */
export function reasonOf({ draw }: Pick<Allotment, "draw">, arm: Arm): string {
  const { rated, found, minutes } = arm;
  if (draw === null)
    return rated === 0
      ? `Not one pair rated: every pattern gets ${PATTERN_FLOOR}`
      : `Only ${rated} rated: every pattern gets ${PATTERN_FLOOR}`;
  if (rated === 0) return "No pair rated this way: thought to be like the others";
  const cost = minutes > 0 ? `, ${(minutes / rated).toFixed(1)} rater minutes each` : "";
  return `${found} of ${rated} at Level 5${cost}`;
}
