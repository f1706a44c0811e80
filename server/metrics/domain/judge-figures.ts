import { clopperPearson } from "@/server/agreement/domain/clopper-pearson";
import type { Coefficient } from "@/server/agreement/domain/coefficient";
import { cohenKappa } from "@/server/agreement/domain/cohen-kappa";
import type { AutomaticVerdict } from "./automatic-verdict";
import {
  type Accuracy,
  type Corrected,
  type Counted,
  correctedShare,
  type Interval,
} from "./corrected-share";

/** What the judge said of one image, and what people did; null: they gave it no verdict, or differ. */
export type TwiceJudged = { judge: AutomaticVerdict; people: boolean | null };

/** Images by what people said, and within that by what the judge said. */
export type Confusion = Record<"correct" | "incorrect", Record<AutomaticVerdict, number>>;
/** With the exact interval of 95 %; null where there is nothing to count. */
export type Share = (Counted & Interval) | null;
export type JudgeFigures = {
  confusion: Confusion;
  /** Of the images that people found correct, those that the judge called correct. */
  sensitivity: Share;
  /** Of the images that people found incorrect, those that the judge did not call correct. */
  specificity: Share;
  /** Cohen's, of people and the judge as two raters. */
  kappa: Coefficient;
  /** Of all images that it was asked about, those that it called correct, and on how many it abstained. */
  raw: Share;
  abstained: number;
  corrected: Corrected;
  /** Of the images that have both verdicts, those that people found correct. */
  people: Share;
};

/** An abstention is counted as "not correct", in every figure, and told beside them. */
export function judgeFigures(images: readonly TwiceJudged[]): JudgeFigures {
  const confusion: Confusion = {
    correct: verdictsOf(images.filter(({ people }) => people === true)),
    incorrect: verdictsOf(images.filter(({ people }) => people === false)),
  };
  const all = verdictsOf(images);
  const { sensitivity, specificity } = accuracyOf(confusion);
  const raw = { count: all.correct, total: images.length };
  const people = { count: sensitivity.total, total: sensitivity.total + specificity.total };
  return {
    confusion,
    sensitivity: exactShare(sensitivity),
    specificity: exactShare(specificity),
    kappa: cohenKappa([hitsOf(sensitivity), hitsOf(specificity).toReversed()]).kappa,
    raw: exactShare(raw),
    abstained: all.abstained,
    corrected: correctedShare(raw, { sensitivity, specificity }),
    people: exactShare(people),
  };
}

function verdictsOf(images: readonly TwiceJudged[]): Confusion["correct"] {
  const count = (verdict: AutomaticVerdict) =>
    images.filter(({ judge }) => judge === verdict).length;
  return {
    correct: count("correct"),
    incorrect: count("incorrect"),
    abstained: count("abstained"),
  };
}

function accuracyOf({ correct, incorrect }: Confusion): Accuracy {
  const totalOf = (said: Confusion["correct"]) => said.correct + said.incorrect + said.abstained;
  return {
    sensitivity: { count: correct.correct, total: totalOf(correct) },
    specificity: { count: totalOf(incorrect) - incorrect.correct, total: totalOf(incorrect) },
  };
}

const hitsOf = ({ count, total }: Counted) => [count, total - count];

const exactShare = ({ count, total }: Counted): Share =>
  total === 0 ? null : { count, total, ...clopperPearson(count, total) };
