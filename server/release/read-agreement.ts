import { eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { JUDGES, type Judge } from "@/db/enums";
import { patterns } from "@/db/schema";
import type { Compared } from "@/server/agreement/domain/confusions";
import type { VerdictAgreement } from "@/server/agreement/domain/verdict-agreement";
import { readJudgedGrids } from "@/server/agreement/read-judged-grids";
import { readPromptLengths } from "@/server/agreement/read-prompt-lengths";
import { BOOTSTRAP, reckonAgreement } from "@/server/agreement/reckon-agreement";
import { listTestedRevisions, type TestedRevision } from "@/server/project/find-tested-revision";
import { toldFigure } from "./domain/told-figure";
import { pseudonym } from "./rater";

export type RevisionAgreement = {
  revision: TestedRevision;
  judge: Judge;
  figures: Awaited<ReturnType<typeof reckonAgreement>>;
};

/**
 * The figures of the agreement page, for every generator revision and kind of judge that has a grid judged by
 * two, or judged again by the same rater.
 */
export async function readAgreement(tx: Tx, projectId: string): Promise<RevisionAgreement[]> {
  const found: RevisionAgreement[] = [];
  for (const revision of await listTestedRevisions(tx, projectId)) {
    for (const judge of JUDGES) {
      const scope = { projectId, revisionId: revision.id, judge };
      const { grids, repeats } = await readJudgedGrids(tx, scope);
      const isTelling = repeats.length > 0 || grids.some((grid) => grid.sittings.length >= 2);
      if (!isTelling) continue;
      const lengths = await readPromptLengths(tx, scope);
      const figures = await reckonAgreement({ grids, repeats, lengths, bucket: undefined });
      found.push({ revision, judge, figures });
    }
  }
  return found;
}

/** What agreement.json holds: raters by pseudonym, patterns by name. */
export async function agreementRecord(
  tx: Tx,
  projectId: string,
  found: readonly RevisionAgreement[],
) {
  const named = await tx
    .select({ id: patterns.id, name: patterns.name })
    .from(patterns)
    .where(eq(patterns.projectId, projectId));
  const nameOf = new Map(named.map(({ id, name }) => [id, name]));
  const who = (accountId: string) => pseudonym(projectId, accountId);
  return {
    bootstrap: { ...BOOTSTRAP, unit: "pair", interval: "percentile, 95 %" },
    agreement: found.map(({ revision, judge, figures }) => ({
      generator: revision.generator,
      revision: revision.number,
      source: judge,
      verdicts: onVerdicts(figures.verdicts),
      levels: figures.levels && {
        pairs: figures.levels.pairs,
        grids: figures.levels.grids,
        alpha_ordinal: toldFigure(figures.levels.alpha),
      },
      silent_repeats: { sittings: figures.repeats.sittings, ...ofTwo(figures.repeats) },
      raters_against_others: figures.raters.map(({ raterId, ...compared }) => ({
        rater: who(raterId),
        ...ofTwo(compared),
      })),
      rater_pairs: figures.raterPairs.map(({ first, second, levels, ...compared }) => ({
        first: who(first),
        second: who(second),
        ...ofTwo(compared),
        levels: levels && {
          grids: levels.grids,
          weighted_kappa_quadratic: toldFigure(levels.kappa),
        },
      })),
      patterns: figures.patterns.map(({ patternId, ...agreement }) => ({
        pattern: nameOf.get(patternId) ?? null,
        ...onVerdicts(agreement),
      })),
      prompt_lengths: figures.lengths.map(({ bucket, ...agreement }) => ({
        length: bucket,
        ...onVerdicts(agreement),
      })),
      over_time: figures.drift.blocks.map(({ from, to, ...agreement }) => ({
        from,
        to,
        ...onVerdicts(agreement),
      })),
    })),
  };
}

const onVerdicts = (agreement: VerdictAgreement) => ({
  pairs: agreement.pairs,
  grids: agreement.grids,
  images: agreement.images,
  raters: agreement.raters,
  verdicts_per_image: agreement.ratings,
  missing_share: agreement.missing,
  alpha_nominal: toldFigure(agreement.alpha),
  ac1: toldFigure(agreement.ac1),
  // null: the images have different numbers of verdicts, and Fleiss' kappa is not for that.
  fleiss_kappa: agreement.fleiss && toldFigure(agreement.fleiss),
  raw_share: toldFigure(agreement.raw),
});

const ofTwo = ({ images, pairs, counts, raw, kappa, ac1, standardError }: Compared) => ({
  images,
  pairs,
  both_correct: counts.both,
  only_first_correct: counts.onlyFirst,
  only_second_correct: counts.onlySecond,
  neither_correct: counts.neither,
  raw_share: toldFigure(raw),
  cohen_kappa: toldFigure(kappa),
  ac1: toldFigure(ac1),
  standard_error_of_kappa: standardError,
});
