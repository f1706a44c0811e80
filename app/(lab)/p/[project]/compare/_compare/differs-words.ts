import type { SetupDifference } from "@/server/comparison/domain/setup-differences";

/** "Differs from the baseline beside its method: steps 12 instead of 2"; that nothing does is said as well. */
export function differsWords(differs: readonly SetupDifference[]): string {
  if (differs.length === 0) {
    return "Same model, steps, guidance, size, scheduler and negative prompt as the baseline.";
  }
  const known = differs.filter(({ baseline, own }) => baseline !== null && own !== null);
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
  const whose = own !== null ? "the baseline's" : baseline !== null ? "its" : "either's";
  return `Whether it has the baseline's ${what} is not known: ${whose} was not told yet.`;
}
