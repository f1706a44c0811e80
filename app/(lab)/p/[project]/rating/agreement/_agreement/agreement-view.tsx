"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import dynamic from "next/dynamic";
import { useTRPC } from "@/app/_trpc/client";
import { ButtonLink } from "@/app/_ui/button-link";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHead } from "@/app/_ui/page-head";
import { Skeleton } from "@/app/_ui/skeleton";
import type { Agreement } from "@/server/agreement/show-agreement";
import { many } from "../../../_board/board-words";
import { RevisionChoice } from "../../../_board/revision-choice";
import type { Asked } from "./asked";
import { BoundaryList } from "./boundary-list";
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
  const { data: agreement } = useSuspenseQuery(
    trpc.agreement.show.queryOptions({ project, ...asked }),
  );
  const { figures } = agreement;
  const hasFigures = figures !== null && figures.verdicts.images > 0;
  return (
    <>
      <PageHead
        title={titleOf(agreement)}
        sub={<RevisionChoice revision={agreement.revision} revisions={agreement.revisions} />}
        actions={<ButtonLink href={`/p/${project}/rating`}>Rating</ButtonLink>}
      />
      <Filters agreement={agreement} />
      {hasFigures ? (
        <div className="grid gap-8">
          <Summary figures={figures} bootstrap={agreement.bootstrap} />
          <Figures project={project} agreement={agreement} figures={figures} />
          <Confusion figures={figures} choices={agreement.choices} />
        </div>
      ) : (
        <EmptyState title="No image here was judged by two raters.">
          Agreement appears with the second rater of a grid. How many judge each grid is set in the
          project’s settings.
        </EmptyState>
      )}
      <BoundaryList project={project} />
    </>
  );
}

export type Figures = NonNullable<Agreement["figures"]>;

function titleOf({ figures, judge }: Agreement): string {
  if (!figures || figures.verdicts.images === 0) return "No two raters of the same images yet";
  const { alpha, images } = figures.verdicts;
  const who = judge === "simulated" ? "Simulated raters" : "Raters";
  const on = `on ${many(images, "image")}`;
  return typeof alpha.value === "number"
    ? `${who} agree at alpha ${valueWords(alpha.value)} ${on}: ${readingOf(alpha.value)}`
    : `Alpha ${on} is ${valueWords(alpha.value)}`;
}
