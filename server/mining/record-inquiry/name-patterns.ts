import type { NamePatternsAnswer, NamePatternsInput } from "../exchanges/name-patterns";
import { insertProposedPatterns } from "./insert-proposed-patterns";
import type { Recorder } from "./recorder";

/** Patterns named from seeds, for a person to approve; the seeds that show each go with it as examples. */
export const recordNamedPatterns: Recorder<NamePatternsInput, NamePatternsAnswer> = (
  tx,
  { inquiry: { projectId }, input, answer, exchangeId },
) =>
  insertProposedPatterns(
    tx,
    { projectId, phase: 1, exchangeId },
    answer.patterns.map(({ pairs, ...pattern }) => ({
      ...pattern,
      examples: pairs.flatMap((number) => {
        const seed = input.pairs[number - 1];
        return seed ? [{ a: seed.a, b: seed.b, latent: seed.latent, pairId: seed.id }] : [];
      }),
    })),
  );
