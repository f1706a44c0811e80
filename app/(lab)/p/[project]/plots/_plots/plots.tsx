"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { usePathname } from "next/navigation";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";
import { cx } from "@/app/_ui/cx";
import { EmptyState } from "@/app/_ui/empty-state";
import { Link } from "@/app/_ui/link";
import { PageHead } from "@/app/_ui/page-head";
import { Skeleton } from "@/app/_ui/skeleton";
import type { ProjectPlots } from "@/server/project/project-plots";
import { many } from "../../_board/board-words";
import { RevisionChoice } from "../../_board/revision-choice";

type Judge = "human" | "simulated";
export type PlotsProps = { project: string; revisionId: string | undefined; judge: Judge };

const loading = () => <Skeleton className="h-[280px] w-full" />;

// The drawing library is loaded with this page's charts and with nothing else.
const Figures = dynamic(() => import("./figures").then((found) => found.Figures), {
  ssr: false,
  loading,
});

export function Plots({ project, revisionId, judge }: PlotsProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data: plots } = useSuspenseQuery(
    trpc.project.plots.queryOptions({ project, revisionId, judge }),
  );
  useLive(project, (event) => {
    if (event !== "resync" && !["grid", "batch"].includes(event.topic)) return;
    void queries.invalidateQueries(trpc.project.plots.pathFilter());
  });
  const isEmpty = plots.rated[judge] === 0 && plots.novelty.length === 0;
  return (
    <>
      <PageHead
        title={titleOf(plots)}
        sub={<RevisionChoice revision={plots.revision} revisions={plots.revisions} />}
        actions={<SourceChoice plots={plots} revisionId={revisionId} />}
      />
      {isEmpty ? (
        <EmptyState title="Nothing to plot yet.">
          Shares appear with the first rated pair, novelty with the first batch.{" "}
          <Link href={`/p/${project}`} className="link">
            Back to the loop
          </Link>
        </EmptyState>
      ) : (
        <Figures project={project} plots={plots} />
      )}
    </>
  );
}

function titleOf({ rated, judge, levels }: ProjectPlots): string {
  if (!levels || rated[judge] === 0) return "No pair rated yet";
  const [best] = levels.yields;
  const who = judge === "simulated" ? "the simulated rater" : "people";
  return best
    ? `Highest yield: ${best.pattern}, ${best.count} of ${best.total} at Level 5`
    : `${many(rated[judge], "pair")} rated by ${who}`;
}

type ChoiceProps = { plots: ProjectPlots; revisionId: string | undefined };

/** Levels of people and of the simulated rater are never in one plot. */
function SourceChoice({ plots, revisionId }: ChoiceProps) {
  const here = usePathname();
  if (plots.rated.simulated === 0 && plots.judge === "human") return null;
  const hrefOf = (judge: Judge) => {
    const asked = new URLSearchParams({
      ...(revisionId ? { revision: revisionId } : {}),
      ...(judge === "simulated" ? { judge } : {}),
    });
    return `${here}?${asked}`;
  };
  const choices = [
    ["human", `Levels of people (${plots.rated.human})`],
    ["simulated", `Simulated rater (${plots.rated.simulated})`],
  ] as const;
  return (
    <nav aria-label="Whose Levels" className="flex gap-3 text-13">
      {choices.map(([judge, words]) => (
        <Link
          key={judge}
          href={hrefOf(judge)}
          replace
          aria-current={plots.judge === judge ? "true" : undefined}
          className={cx(
            "border-b-2 pb-0.5",
            plots.judge === judge
              ? "border-accent font-mid text-ink"
              : "border-transparent text-ink-2 hover:text-ink",
          )}
        >
          {words}
        </Link>
      ))}
    </nav>
  );
}
