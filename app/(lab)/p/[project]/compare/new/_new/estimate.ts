import type { Choices } from "@/server/comparison/repair-choices";

export type Estimated = {
  renders: number;
  images: number;
  /** Summed over the generators whose cost is known. */
  evals: number;
  seconds: number;
  /** Names of those that have drawn nothing here yet, so that nothing is known of them. */
  unknown: string[];
};

/** What a comparison will take, from what an image of each generator has cost so far. */
export function estimate(
  { imagesPerPair }: Pick<Choices, "imagesPerPair">,
  pairs: number,
  generators: readonly Choices["generators"][number][],
): Estimated {
  const images = pairs * imagesPerPair;
  const sumOf = (field: "evals" | "seconds") =>
    generators.reduce((sum, { cost }) => sum + images * (cost?.[field] ?? 0), 0);
  return {
    renders: generators.reduce((sum, { rendersPerPair }) => sum + pairs * rendersPerPair, 0),
    images: images * generators.length,
    evals: Math.round(sumOf("evals")),
    seconds: Math.round(sumOf("seconds")),
    unknown: generators
      .filter(({ cost }) => cost === null || cost.seconds === null)
      .map(({ name, number }) => `${name}, revision ${number}`),
  };
}

const number = (value: number) => value.toLocaleString("en-GB");

/** "20 renders, 80 images, 3,200 evals, 40 GPU seconds" */
export const estimateWords = ({ renders, images, evals, seconds }: Estimated): string =>
  `${number(renders)} renders, ${number(images)} images, ${number(evals)} evals, ${number(seconds)} GPU seconds`;
