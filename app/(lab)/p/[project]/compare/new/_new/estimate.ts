import type { Choices } from "@/server/comparison/repair-choices";

type Generator = Pick<Choices["generators"][number], "name" | "number" | "rendersPerPair" | "cost">;
export type Estimated = {
  renders: number;
  images: number;
  /** Each summed over the generators of which it is known. */
  evals: number;
  backwards: number;
  seconds: number;
  /** Names of those that have drawn nothing here yet, so that nothing is known of them. */
  unknown: string[];
  /** Of those that have drawn: who counts no evals (a hosted model), who tells no times. */
  uncounted: string[];
  untimed: string[];
};

/** What a comparison will take, from what an image of each generator has cost so far. */
export function estimate(
  { imagesPerPair }: Pick<Choices, "imagesPerPair">,
  pairs: number,
  generators: readonly Generator[],
): Estimated {
  const images = pairs * imagesPerPair;
  const sumOf = (field: "evals" | "backwards" | "seconds") =>
    Math.round(generators.reduce((sum, { cost }) => sum + images * (cost?.[field] ?? 0), 0));
  const named = (isMeant: (generator: Generator) => boolean) =>
    generators.filter(isMeant).map(({ name, number }) => `${name}, revision ${number}`);
  return {
    renders: generators.reduce((sum, { rendersPerPair }) => sum + pairs * rendersPerPair, 0),
    images: images * generators.length,
    evals: sumOf("evals"),
    backwards: sumOf("backwards"),
    seconds: sumOf("seconds"),
    unknown: named(({ cost }) => cost === null),
    uncounted: named(({ cost }) => cost?.evals === null),
    untimed: named(({ cost }) => cost?.seconds === null),
  };
}

const number = (value: number) => value.toLocaleString("en-GB");

/** "20 renders, 80 images, 3,200 evals, 960 backward passes, 40 GPU seconds": a gradient is a cost of its own, where there is one. */
export function estimateWords({ renders, images, evals, backwards, seconds }: Estimated): string {
  const gradients = backwards > 0 ? [`${number(backwards)} backward passes`] : [];
  return [
    `${number(renders)} renders`,
    `${number(images)} images`,
    `${number(evals)} evals`,
    ...gradients,
    `${number(seconds)} GPU seconds`,
  ].join(", ");
}

/** Whom the sums leave out, and why: a sentence each. */
export const leftOutWords = ({ unknown, uncounted, untimed }: Estimated): string[] => [
  ...sentence("Evals and seconds", unknown, "nothing is known of it before its first image"),
  ...sentence("Evals", uncounted, "it counts none"),
  ...sentence("Seconds", untimed, "it tells no times"),
];

const sentence = (sums: string, names: readonly string[], why: string): string[] =>
  names.length > 0 ? [`${sums} leave out ${names.join("; ")}: ${why}.`] : [];
