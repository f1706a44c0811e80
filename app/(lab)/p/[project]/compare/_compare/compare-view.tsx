"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Suspense } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";
import { ButtonLink } from "@/app/_ui/button-link";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHead } from "@/app/_ui/page-head";
import type { Comparison } from "@/server/comparison/show-comparison";
import { many } from "../../_board/board-words";
import { ScoreImages } from "../../_scores/score-images";
import type { Asked } from "./asked";
import { Filters } from "./filters";
import { FirstToRate } from "./first-to-rate";
import { Flips } from "./flips";
import { LevelBars } from "./level-bars";
import { MethodTests } from "./method-tests";
import { PatternShares } from "./pattern-shares";
import { SameSeed } from "./same-seed";
import { Transitions } from "./transitions";
import { nameOf } from "./words";

export function CompareView({ project, asked }: { project: string; asked: Asked }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data: comparison } = useSuspenseQuery(
    trpc.comparison.show.queryOptions({ project, ...asked }),
  );
  const isDrawing = comparison !== null && comparison.progress.done < comparison.progress.renders;
  useLive(project, (event) => {
    const topics = isDrawing ? ["grid", "run", "render"] : ["grid", "run"];
    if (event !== "resync" && !topics.includes(event.topic)) return;
    void queries.invalidateQueries(trpc.comparison.pathFilter());
  });
  const anew = (
    <ButtonLink variant={comparison ? "outlined" : "primary"} href={`/p/${project}/compare/new`}>
      New comparison
    </ButtonLink>
  );
  if (!comparison) {
    return (
      <>
        <PageHead title="Nothing compared yet" actions={anew} />
        <EmptyState title="Which generator repairs your Level-5 pairs?">
          Draw them anew with their own generator and with others, all at the same fresh seeds, have
          them rated blind, and find the answer here.
        </EmptyState>
      </>
    );
  }
  const rated = comparison.generators.some(({ levels }) => levels.rated > 0);
  return (
    <>
      <PageHead
        title={titleOf(comparison)}
        sub={subOf(comparison)}
        actions={
          <>
            <ToRate project={project} comparison={comparison} />
            {anew}
          </>
        }
      />
      <Filters comparison={comparison} />
      {rated ? (
        <div className="grid grid-cols-[minmax(0,3fr)_minmax(0,2fr)] items-start gap-x-9 gap-y-6 max-lg:grid-cols-1">
          <LevelBars project={project} comparison={comparison} />
          <Transitions project={project} comparison={comparison} />
          <div className="col-span-full">
            <MethodTests project={project} comparison={comparison} />
          </div>
          {comparison.byPattern.length > 1 ? (
            <div className="col-span-full">
              <PatternShares project={project} comparison={comparison} />
            </div>
          ) : null}
        </div>
      ) : (
        <EmptyState title={notRated(comparison)}>
          {drawnWords(comparison)}Grids of a pair are handed out once every generator has drawn it,
          in an order that follows none of them.
        </EmptyState>
      )}
      <Flips project={project} comparison={comparison} patternId={asked.patternId} />
      <SameSeed project={project} comparison={comparison} />
      <Suspense>
        <ScoreImages project={project} of={{ kind: "repair", number: comparison.repair.number }} />
      </Suspense>
    </>
  );
}

type ToRateProps = { project: string; comparison: Comparison };

function ToRate({ project, comparison: { pairs, progress } }: ToRateProps) {
  if (progress.toRate === 0) return null;
  return (
    <>
      <FirstToRate project={project} pairs={pairs} />
      <ButtonLink href="/rate" variant="primary">
        {many(progress.toRate, "grid")} to rate
      </ButtonLink>
    </>
  );
}

const drawnWords = ({ progress: { done, renders } }: Comparison) =>
  done < renders ? `${done} of ${many(renders, "render")} done so far. ` : "";

const notRated = ({ judge, ratedByOthers }: Comparison) =>
  ratedByOthers > 0
    ? `None of it was rated by ${judge === "human" ? "people" : "the simulated rater"}: choose the other above.`
    : "No grid of this comparison is rated yet.";

function titleOf({ two, generators, repair }: Comparison): string {
  const second = generators.find(({ revisionId }) => revisionId === two.secondId);
  if (!second || two.pairs === 0) return `Comparison ${repair.number}: no pair has two Levels yet`;
  const out = two.pairs - two.five.second;
  const before = two.pairs - two.five.first;
  const against = two.firstId === repair.baselineId ? "fresh seeds alone" : "the other";
  return `${nameOf(second)}, brings ${out} of ${many(two.pairs, "pair")} out of Level 5; ${against}, ${before}`;
}

function subOf({ repair, generators, pairs }: Comparison): string {
  const baseline = generators.find(({ isBaseline }) => isBaseline);
  const from = baseline
    ? ` that ${pairs.length === 1 ? "was" : "were"} Level 5 with ${nameOf(baseline)}`
    : "";
  return `${many(pairs.length, "pair")}${from}, drawn anew by ${many(generators.length, "generator")} at the fresh seeds of set ${repair.seedSet}, rated blind`;
}
