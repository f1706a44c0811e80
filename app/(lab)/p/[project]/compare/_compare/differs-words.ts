import type { SetupDifference } from "@/server/comparison/domain/setup-differences";

/** A difference that both have told of; before the first images nothing warns. */
export const isKnown = ({ baseline, own }: SetupDifference): boolean =>
  baseline !== null && own !== null;

/** "Differs from the baseline beside its method: steps 12 instead of 2"; that nothing does is said as well. */
export function differsWords(differs: readonly SetupDifference[]): string {
  if (differs.length === 0) {
    return "Same model, steps, guidance, size, scheduler and negative prompt as the baseline.";
  }
  const known = differs.filter(isKnown);
  const unknown = differs.filter((difference) => !known.includes(difference));
  return [
    known.length > 0 &&
      `Differs from the baseline beside its method: ${known.map(({ what, baseline, own }) => `${what} ${own} instead of ${baseline}`).join("; ")}.`,
    ...unknown.map(unknownWords),
  ]
    .filter(Boolean)
    .join(" ");
}

function unknownWords({ what, baseline, own }: SetupDifference): string {
  const whose = own !== null ? "the baseline" : baseline !== null ? "this method" : "both";
  return `Whether it has the baseline's ${what} shows with the next image of ${whose}.`;
}
