import type { Judge } from "@/db/enums";
import type { Estimate } from "@/server/agreement/domain/estimate";
import { BOOTSTRAP } from "@/server/agreement/reckon-agreement";
import { figureWords } from "./domain/told-figure";
import type { RevisionAgreement } from "./read-agreement";

const JUDGED_BY: Record<Judge, string> = {
  human: "judged by people",
  simulated: "judged by simulated raters, no human judgement",
};

/** The chapter on agreement: a table for each generator revision and kind of judge. */
export const agreementChapter = (found: readonly RevisionAgreement[]): string =>
  found.length === 0
    ? "No grid has been judged by two raters, nor twice by one: nothing is known about agreement yet."
    : [explained(), ...found.map(tableOf)].join("\n\n");

const explained = () =>
  `Intervals are of 95 %, by a percentile bootstrap over pairs (the images of one pair are not independent) with
${BOOTSTRAP.draws} resamples and seed ${BOOTSTRAP.seed}; all resamples are taken where there are no more than that. Read AC1 beside alpha: where
nearly all verdicts are the same, alpha falls although raters agree. A figure that does not exist says so in words.`;

function tableOf({ revision, judge, figures }: RevisionAgreement): string {
  const { verdicts, levels, repeats } = figures;
  const { fewest, most } = verdicts.ratings;
  const perImage = fewest === most ? `${fewest}` : `${fewest} to ${most}`;
  const n = `${verdicts.images} images of ${verdicts.grids} grids of ${verdicts.pairs} pairs`;
  const rows = [
    row("Krippendorff's alpha, nominal, on verdicts", verdicts.alpha, n),
    row("Gwet's AC1 on verdicts", verdicts.ac1, n),
    verdicts.fleiss
      ? row("Fleiss' kappa on verdicts", verdicts.fleiss, n)
      : `| Fleiss' kappa on verdicts | not for images with ${perImage} verdicts | | ${n} |`,
    row("Share of rater pairs that agree, not corrected for chance", verdicts.raw, n),
    ...(levels
      ? [
          row(
            "Krippendorff's alpha, ordinal, on Levels",
            levels.alpha,
            `${levels.grids} grids of ${levels.pairs} pairs`,
          ),
        ]
      : []),
    row(
      "Cohen's kappa of raters with themselves, on silent repeats",
      repeats.kappa,
      `${repeats.images} images of ${repeats.sittings} repeated grids`,
    ),
  ];
  return `### ${oneLine(revision.generator)}, revision ${revision.number}, ${JUDGED_BY[judge]}

${verdicts.raters} raters, ${perImage} verdicts an image; ${(100 * verdicts.missing).toFixed(1)} % of the planned verdicts on these grids are missing.

| figure | value | 95 % interval | n |
| --- | --- | --- | --- |
${rows.join("\n")}`;
}

function row(name: string, estimate: Estimate, n: string): string {
  const { value, interval } = figureWords(estimate);
  return `| ${name} | ${value} | ${interval} | ${n} |`;
}

const oneLine = (text: string): string => text.replaceAll(/\s+/g, " ");
