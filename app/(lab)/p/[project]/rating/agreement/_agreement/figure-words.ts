import type { BootstrapResult } from "@/server/agreement/domain/bootstrap";
import type { Coefficient } from "@/server/agreement/domain/coefficient";
import type { Estimate } from "@/server/agreement/domain/estimate";
import type { VerdictAgreement } from "@/server/agreement/domain/verdict-agreement";

const WORDS = {
  "no variation": "undefined (no variation)",
  "no overlap": "undefined (nothing judged twice)",
} as const;

/** "0.743", or why there is no number. */
export const valueWords = (value: Coefficient): string =>
  typeof value === "number" ? signed(value.toFixed(3)) : WORDS[value];

export const intervalWords = (interval: Pick<BootstrapResult, "low" | "high"> | null): string =>
  interval ? `${signed(interval.low.toFixed(3))} to ${signed(interval.high.toFixed(3))}` : "–";

const signed = (figure: string) => figure.replace("-", "−");

export const estimateWords = ({ value, interval }: Estimate): string =>
  interval ? `${valueWords(value)}, ${intervalWords(interval)} (95 %)` : valueWords(value);

/** Of files: a number, or the words. */
export const valueCell = (value: Coefficient) => (typeof value === "number" ? value : WORDS[value]);

/** Krippendorff's own reading of alpha. */
export function readingOf(alpha: number): string {
  if (alpha >= 0.8) return "reliable";
  return alpha >= 0.667 ? "tentative" : "too low for conclusions";
}

/** "3 verdicts an image", "2 to 3 verdicts an image" */
export const ratingsWords = ({ ratings: { fewest, most } }: VerdictAgreement): string =>
  fewest === most ? `${most} verdicts an image` : `${fewest} to ${most} verdicts an image`;
