import type { Choices } from "@/server/comparison/repair-choices";
import { evalsWords, secondsWords } from "../../_compare/words";

type Generator = Pick<
  Choices["generators"][number],
  "name" | "number" | "rendersPerPair" | "cost" | "planned"
>;
export type Estimated = {
  renders: number;
  images: number;
  /** Each summed over the generators of which it is known or planned: where a plan has two ends, the dearer one. */
  evals: number;
  backwards: number;
  seconds: number;
  /** Names of those that have drawn nothing here yet, so that nothing is known of them but what their endpoint plans. */
  unknown: string[];
  planned: string[];
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
  const sumOf = (costOf: (generator: Generator) => number | null | undefined) =>
    Math.round(generators.reduce((sum, each) => sum + images * (costOf(each) ?? 0), 0));
  const named = (isMeant: (generator: Generator) => boolean) =>
    generators.filter(isMeant).map(({ name, number }) => `${name}, revision ${number}`);
  return {
    renders: generators.reduce((sum, { rendersPerPair }) => sum + pairs * rendersPerPair, 0),
    images: images * generators.length,
    evals: sumOf(({ cost, planned }) => (cost ? cost.evals : planned?.most)),
    backwards: sumOf(({ cost, planned }) => (cost ? cost.backwards : planned?.backwards)),
    seconds: sumOf(({ cost }) => cost?.seconds),
    unknown: named(({ cost, planned }) => cost === null && planned === null),
    planned: named(({ cost, planned }) => cost === null && planned !== null),
    uncounted: named(({ cost }) => cost?.evals === null),
    untimed: named(({ cost }) => cost?.seconds === null),
  };
}

const number = (value: number) => value.toLocaleString("en-GB");

/** "20 renders, 80 images, 3,200 evals, 960 backward passes, 40 seconds of drawing": a gradient is a cost of its own, where there is one. */
export function estimateWords({ renders, images, evals, backwards, seconds }: Estimated): string {
  const gradients = backwards > 0 ? [`${number(backwards)} backward passes`] : [];
  return [
    `${number(renders)} renders`,
    `${number(images)} images`,
    `${number(evals)} evals`,
    ...gradients,
    `${number(seconds)} seconds of drawing`,
  ].join(", ");
}

/** Whom the sums leave out, and why: a sentence each. */
export const leftOutWords = ({ unknown, planned, uncounted, untimed }: Estimated): string[] => [
  ...sentence("Evals and seconds", unknown, "nothing is known of it before its first image"),
  ...sentence("Seconds", planned, "its evals are what its endpoint plans at most"),
  ...sentence("Evals", uncounted, "it counts none"),
  ...sentence("Seconds", untimed, "it tells no times"),
];

const sentence = (sums: string, names: readonly string[], why: string): string[] =>
  names.length > 0 ? [`${sums} leave out ${names.join("; ")}: ${why}.`] : [];

/** What an image has cost, or is planned to. */
export function costOf({ cost, planned }: Pick<Generator, "cost" | "planned">): string {
  const backward = (rows: number | null) => (rows ? ` and ${evalsWords(rows)} backward` : "");
  if (cost)
    return `${evalsWords(cost.evals)} evals${backward(cost.backwards)}, ${secondsWords(cost.seconds)} s an image`;
  if (!planned) return "nothing drawn yet";
  const { least, most, backwards } = planned;
  const evals = least === most ? evalsWords(most) : `${evalsWords(least)} to ${evalsWords(most)}`;
  return `nothing drawn yet, ${evals} evals${backward(backwards)} planned an image`;
}
