"use client";

import type { Agreement } from "@/server/agreement/show-agreement";
import { many } from "../../../_board/board-words";
import type { Figures as AllFigures } from "./agreement-view";
import { DriftFigure } from "./drift-figure";
import { EstimatesFigure } from "./estimates-figure";

type Props = { project: string; agreement: Agreement; figures: AllFigures };

/** All plots: what needs the drawing library stands behind this file. */
export function Figures({ project, agreement, figures }: Props) {
  const { choices, judge } = agreement;
  const nameIn = (list: readonly { id: string; name: string }[], id: string) =>
    list.find((one) => one.id === id)?.name ?? "";
  const { terciles } = figures;
  return (
    <div className="grid grid-cols-2 items-start gap-x-10 gap-y-8 max-[1000px]:grid-cols-1">
      <EstimatesFigure
        title="Alpha per pattern"
        what="Krippendorff’s alpha on verdicts"
        name={`${project}-alpha-by-pattern-${judge}`}
        of="pattern"
        rows={figures.patterns.map((one) => ({
          name: nameIn(choices.patterns, one.patternId),
          estimate: one.alpha,
          ac1: one.ac1,
          raw: one.raw,
          images: one.images,
        }))}
      />
      <EstimatesFigure
        title="Each rater against the others"
        what="Cohen’s kappa with the majority of the others"
        name={`${project}-kappa-by-rater-${judge}`}
        of="rater"
        rows={figures.raters.map((one) => ({
          name: nameIn(choices.raters, one.raterId),
          estimate: one.kappa,
          ac1: one.ac1,
          raw: one.raw,
          images: one.images,
        }))}
        note="Images on which the others are split count for nobody."
      />
      <EstimatesFigure
        title="Alpha by prompt length"
        what="Krippendorff’s alpha on verdicts"
        name={`${project}-alpha-by-length-${judge}`}
        of="prompt length"
        rows={figures.lengths.map((one) => ({
          name: lengthWords(one.bucket, terciles),
          estimate: one.alpha,
          ac1: one.ac1,
          raw: one.raw,
          images: one.images,
        }))}
        note="Thirds of the prompts that were drawn, by characters. Simple prompts agree better in published studies."
      />
      <DriftFigure
        name={`${project}-agreement-over-time-${judge}`}
        blocks={figures.drift.blocks}
        note={`Blocks of ${many(figures.drift.size, "grid")}, in the order in which their last rater was done.`}
      />
    </div>
  );
}

function lengthWords(
  bucket: "short" | "middle" | "long",
  terciles: AllFigures["terciles"],
): string {
  if (!terciles) return bucket;
  const { short, middle } = terciles;
  return {
    short: `Short: to ${short} characters`,
    middle: `Middle: to ${middle} characters`,
    long: `Long: over ${middle} characters`,
  }[bucket];
}
