import type { Figures } from "@/server/generation/figures/read-figures";

/** A figure as it is shown: its text, or why there is none. */
export type Figure = { key: string; text: string | null; why: string };

const COUNT = new Intl.NumberFormat("en-GB");
// Evals are counted: a mean over seeds is told as it is.
const UP_TO_TWO = new Intl.NumberFormat("en-GB", { maximumFractionDigits: 2 });
const decimals = (digits: number) =>
  new Intl.NumberFormat("en-GB", { maximumSignificantDigits: digits });

/** In the order of the table's columns. */
export function figuresOf(figures: Figures | null): Figure[] {
  const nothing = figures === null;
  const figure = (key: string, text: string | null | undefined, why: string): Figure => ({
    key,
    text: text ?? null,
    why: nothing ? "not drawn" : why,
  });
  const { secondsP50, secondsP95, imagesPerHour, centsPerImage, evals } = figures ?? {};
  return [
    figure("images", COUNT.format(figures?.images ?? 0), ""),
    figure("hour", COUNT.format(figures?.imagesLastHour ?? 0), ""),
    figure(
      "rate",
      known(imagesPerHour, (rate) => COUNT.format(Math.round(rate))),
      "tells no times",
    ),
    figure("p50", known(secondsP50, secondsWords), "tells no times"),
    figure("p95", known(secondsP95, secondsWords), "tells no times"),
    figure("evals", known(evals, evalsWords(figures)), "counts none"),
    figure("price", known(centsPerImage, priceWords), "no price set"),
  ];
}

const known = (value: number | null | undefined, words: (value: number) => string) =>
  value === null || value === undefined ? null : words(value);

const secondsWords = (seconds: number) => decimals(seconds < 10 ? 2 : 3).format(seconds);

const evalsWords = (figures: Figures | null) => (evals: number) =>
  figures?.backwards
    ? `${UP_TO_TWO.format(evals)} and ${UP_TO_TWO.format(figures.backwards)} backward`
    : UP_TO_TWO.format(evals);

/** Hundredths as the whole: small prices keep two figures that say something. */
const priceWords = (cents: number) => decimals(2).format(cents / 100);
