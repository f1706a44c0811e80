"use client";

import type { ProjectPlots } from "@/server/project/project-plots";
import { DiversityFigure } from "./diversity-figure";
import { LevelsFigure } from "./levels-figure";
import { NoveltyFigure } from "./novelty-figure";
import { YieldFigure } from "./yield-figure";

/** All charts: what needs the drawing library stands behind this file. */
export function Figures({ project, plots }: { project: string; plots: ProjectPlots }) {
  const { levels, novelty, rated, judge } = plots;
  const isRated = levels !== null && rated[judge] > 0;
  return (
    <div className="grid grid-cols-2 items-start gap-x-10 gap-y-8 max-[1000px]:grid-cols-1">
      {isRated ? <YieldFigure project={project} yields={levels.yields} judge={judge} /> : null}
      {isRated ? (
        <LevelsFigure project={project} levels={levels.distribution} judge={judge} />
      ) : null}
      {novelty.length > 0 ? <NoveltyFigure project={project} novelty={novelty} /> : null}
      {isRated ? (
        <DiversityFigure project={project} diversity={levels.diversity} judge={judge} />
      ) : null}
    </div>
  );
}
