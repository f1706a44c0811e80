import type { Estimate } from "@/server/agreement/domain/estimate";

type Named = { name: string; number: number };
export const nameOf = ({ name, number }: Named) => `${name}, revision ${number}`;

const withoutZero = (value: number, digits: number) => value.toFixed(digits).replace(/^0\./, ".");

/** "p < .001", "p = .070"; nothing to test where no pair differs. */
function pWords(p: number | null): string {
  if (p === null) return "no pair differs";
  return p < 0.001 ? "p < .001" : `p = ${withoutZero(p, 3)}`;
}

/** "7 : 1, p = .070": how many pairs only the one and only the other keeps at Level 5. */
export function mcnemarWords(
  { onlyFirst, onlySecond }: { onlyFirst: number; onlySecond: number },
  p: number | null,
  pairs: number,
): string {
  if (pairs === 0) return "No pair has a Level by both yet";
  return `${onlyFirst} : ${onlySecond}, ${pWords(p)}`;
}

/** The same of a test on Levels, which has nothing to count where no pair has both. */
export const signFlipWords = (p: number | null, pairs: number): string =>
  pairs === 0 ? "" : pWords(p);

const signed = (value: number, digits: number) =>
  `${value < 0 ? "−" : value > 0 ? "+" : ""}${Math.abs(value).toFixed(digits)}`;

/** "−46.7 points [−55.4, −36.3]" */
export function pointsWords({ value, interval }: Estimate): string {
  if (typeof value !== "number") return "no pair has both Levels";
  const limits = interval
    ? ` [${signed(interval.low * 100, 1)}, ${signed(interval.high * 100, 1)}]`
    : "";
  return `${signed(value * 100, 1)} points${limits}`;
}

/** The mean change of the Level: what was gained counts downwards, so both limits change sign and place. */
export function levelsWords({ value, interval }: Estimate): string {
  if (typeof value !== "number") return "–";
  const limits = interval ? ` [${signed(-interval.high, 2)}, ${signed(-interval.low, 2)}]` : "";
  return `${signed(-value, 2)}${limits}`;
}

export const wholePercent = (share: number) => `${Math.round(share * 100)}`;

export const secondsWords = (seconds: number | null | undefined) =>
  seconds === null || seconds === undefined ? "–" : seconds.toFixed(2);

const UP_TO_TWO = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2, useGrouping: false });

/** "107.5": counted, and a mean over seeds that took differently many. */
export const evalsWords = (evals: number | null | undefined) =>
  evals === null || evals === undefined ? "–" : UP_TO_TWO.format(evals);
