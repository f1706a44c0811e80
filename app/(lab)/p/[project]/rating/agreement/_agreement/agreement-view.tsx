"use client";

import { useQuery, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";
import { EmptyState } from "@/app/_ui/empty-state";
import { Link } from "@/app/_ui/link";
import { PageHead } from "@/app/_ui/page-head";
import { Skeleton } from "@/app/_ui/skeleton";
import type { Agreement } from "@/server/agreement/show-agreement";
import { AsOf } from "../../../_board/as-of";
import { many } from "../../../_board/board-words";
import { RevisionChoice } from "../../../_board/revision-choice";
import type { Asked } from "./asked";
import { Confusion } from "./confusion";
import { readingOf, valueWords } from "./figure-words";
import { Filters } from "./filters";
import { Summary } from "./summary";

// The drawing library is loaded with this page's plots and with nothing else.
const Figures = dynamic(() => import("./figures").then((found) => found.Figures), {
  ssr: false,
  loading: () => <Skeleton className="h-[320px] w-full" />,
});

export function AgreementView({ project, asked }: { project: string; asked: Asked }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data: agreement } = useSuspenseQuery(
    trpc.agreement.show.queryOptions({ project, ...asked }),
  );
  useLive(project, (event) => {
    if (event !== "resync" && event.topic !== "grid" && event.topic !== "agreement") return;
    void queries.invalidateQueries(trpc.agreement.show.queryFilter({ project }));
  });
  const { figures } = agreement;
  return (
    <>
      <PageHead
        title={titleOf(agreement)}
        sub={<RevisionChoice revision={agreement.revision} revisions={agreement.revisions} />}
        actions={<AsOf figures={agreement} />}
      />
      <Filters agreement={agreement} />
      {agreement.isStale && !figures ? <Skeleton className="h-56 w-full" /> : null}
      {figures && figures.verdicts.images > 0 ? (
        <div className="grid grid-cols-[minmax(0,1fr)] gap-8">
          <Summary figures={figures} bootstrap={agreement.bootstrap} />
          <Figures project={project} agreement={agreement} figures={figures} />
          <Confusion figures={figures} choices={agreement.choices} />
        </div>
      ) : null}
      {isEmpty(agreement) ? (
        <EmptyState title="No image here was judged by two raters.">
          Agreement appears with the second rater of a grid. How many judge each grid is set in the
          project’s settings.
        </EmptyState>
      ) : null}
      <AtBoundary project={project} />
    </>
  );
}

/** Where another rater is worth most; the grids themselves are listed with the disputes. */
function AtBoundary({ project }: { project: string }) {
  const trpc = useTRPC();
  const { data } = useQuery(trpc.adjudication.count.queryOptions({ project }));
  if (!data || data.boundary === 0) return null;
  return (
    <p className="mt-8 text-13">
      <Link className="link" href={`/p/${project}/rating/adjudication?view=boundary`}>
        {many(data.boundary, "grid")} on the boundary of a Level: ask one more rater
      </Link>
    </p>
  );
}

export type Figures = NonNullable<Agreement["figures"]>;

const isEmpty = ({ figures, isStale }: Agreement) =>
  figures ? figures.verdicts.images === 0 : !isStale;

function titleOf({ figures, judge, isStale }: Agreement): string {
  if (!figures && isStale) return "Agreement is being reckoned";
  if (!figures || figures.verdicts.images === 0) return "No two raters of the same images yet";
  const { alpha, images } = figures.verdicts;
  const who = judge === "simulated" ? "Simulated raters" : "Raters";
  const on = `on ${many(images, "image")}`;
  return typeof alpha.value === "number"
    ? `${who} agree at alpha ${valueWords(alpha.value)} ${on}: ${readingOf(alpha.value)}`
    : `Alpha ${on} is ${valueWords(alpha.value)}`;
}
