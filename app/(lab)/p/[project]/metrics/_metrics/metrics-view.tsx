"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";
import { ButtonLink } from "@/app/_ui/button-link";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHead } from "@/app/_ui/page-head";
import { Skeleton } from "@/app/_ui/skeleton";
import type { Metrics } from "@/server/metrics/show-metrics";
import { AsOf } from "../../_board/as-of";
import { many } from "../../_board/board-words";
import type { Asked } from "./asked";
import { GroupTable, MeasureTable } from "./figure-tables";
import { Filters } from "./filters";
import { Judges } from "./judges";
import { Outliers } from "./outliers";
import { followsWords, measureWords, modelWords } from "./words";

/** Automatic scores against what people counted: which of them may be believed, and where not. */
export function MetricsView({ project, asked }: { project: string; asked: Asked }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data } = useSuspenseQuery(trpc.metrics.show.queryOptions({ project, ...asked }));
  useLive(project, (event) => {
    if (event !== "resync" && !["grid", "score", "metrics"].includes(event.topic)) return;
    void queries.invalidateQueries(trpc.metrics.show.pathFilter());
  });
  const { metrics } = data;
  if (!metrics) return <Reckoning />;
  const { shown } = metrics;
  if (!shown) return <Nothing project={project} metrics={metrics} />;
  return (
    <>
      <PageHead title={titleOf(metrics)} sub={subOf(metrics)} actions={<AsOf figures={data} />} />
      <Filters metrics={metrics} />
      <Outliers
        key={`${shown.scorer.id} ${shown.by} ${metrics.judge}`}
        project={project}
        judge={metrics.judge}
        shown={shown}
      />
      <div className="mt-6 grid gap-6">
        <MeasureTable project={project} metrics={metrics} />
        <GroupTable
          title="By generator"
          project={project}
          measure={measureWords(shown)}
          rows={shown.generators}
        />
        {shown.patterns.length > 1 ? (
          <GroupTable
            title="By pattern"
            project={project}
            measure={measureWords(shown)}
            rows={shown.patterns.map((row) => ({ ...row, steered: false, trained: false }))}
          />
        ) : null}
      </div>
      <Legend metrics={metrics} />
      <Judges project={project} judges={metrics.judges} />
    </>
  );
}

/** For the first time; from then on older figures stand until newer ones come. */
const Reckoning = () => (
  <>
    <PageHead title="Scores are being set against people’s counts" />
    <Skeleton className="h-96 w-full" />
  </>
);

function Nothing({ project, metrics }: { project: string; metrics: Metrics }) {
  const { ratedGrids, judge } = metrics;
  return (
    <>
      <PageHead title="No score to set against people yet" />
      {judge === "simulated" ? <Filters metrics={metrics} /> : null}
      <EmptyState
        title={
          ratedGrids === 0
            ? "No full grid has a Level yet."
            : `${many(ratedGrids, "grid")} rated, none scored.`
        }
        actions={<ButtonLink href={`/p/${project}/runs`}>Go to runs</ButtonLink>}
      >
        Open a run or a comparison and press “Score images”: an endpoint that scores says how well
        each image fits its prompt and each of its concepts. What Tiny World draws is scored by
        itself as soon as its run is done.
      </EmptyState>
      <Judges project={project} judges={metrics.judges} />
    </>
  );
}

function titleOf({ shown, measures, judge }: Metrics): string {
  const found = measures.find((one) => one.scorer.id === shown?.scorer.id && one.by === shown.by);
  if (!shown || !found) return "No score yet";
  const who = judge === "human" ? "people" : "the simulated rater";
  const { all } = found;
  return `${measureWords(shown)} ${followsWords(all, who)}`;
}

function subOf({ shown, measures }: Metrics) {
  const found = measures.find((one) => one.scorer.id === shown?.scorer.id && one.by === shown.by);
  if (!shown || !found) return undefined;
  const { all, steeredGrids } = found;
  const left = steeredGrids > 0 ? `; ${many(steeredGrids, "grid")} that it steered left out` : "";
  return `${modelWords(shown)} · ${many(all.pairs, "pair")}, ${many(all.grids, "grid")}, ${many(all.images, "image")} with a verdict${left}`;
}

const Legend = ({ metrics: { bootstrap } }: { metrics: Metrics }) => (
  <p className="mt-3 small-print max-w-[110ch]">
    ρ: Spearman, τ: Kendall’s tau-b, r: Pearson, each of the mean score of a grid’s 20 images with
    how many of them were found correct. AUC: the chance that a correct image scores higher than an
    incorrect one. In brackets: 95 %, percentiles of {bootstrap.draws.toLocaleString("en-GB")}{" "}
    resamples of pairs, seed {bootstrap.seed} (all of them where there are fewer). A score that
    steered a method while it drew, or that its model was trained to please, is high by
    construction: it is marked, and in no figure of all generators.
  </p>
);
