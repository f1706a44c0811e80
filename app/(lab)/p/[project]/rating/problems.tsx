"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import type { inferRouterOutputs } from "@trpc/server";
import type { ReactNode } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { EmptyState } from "@/app/_ui/empty-state";
import { Link } from "@/app/_ui/link";
import { PairName } from "@/app/_ui/pair-name";
import type { AppRouter } from "@/server/trpc/router";
import { BrokenActions } from "../_broken/broken-actions";

type Found = inferRouterOutputs<AppRouter>["rating"]["problems"];

/** What raters pass on to the researcher: broken images, grids nobody could judge, notes. */
export function Problems({ project }: { project: string }) {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.rating.problems.queryOptions({ project }));
  const { broken, cannotJudge, notes } = data;
  const isEmpty = broken.length + cannotJudge.length + notes.length === 0;
  return (
    <section aria-label="From the raters" className="grid content-start gap-3">
      <h2>From the raters</h2>
      {isEmpty ? (
        <EmptyState title="Nothing needs you here.">
          Images flagged as broken, grids that could not be judged and notes appear here.
        </EmptyState>
      ) : null}
      {broken.length > 0 ? (
        <List title="Broken images: their grids have no Level">
          {[...Map.groupBy(broken, ({ sittingId }) => sittingId).values()].map((images) => {
            const [row] = images;
            if (!row) return null;
            return (
              <Row key={row.sittingId} project={project} row={row}>
                {images.length === 1 ? "image" : "images"}{" "}
                {images.map(({ position }) => position).join(", ")} of 20
                <BrokenActions project={project} gridId={row.gridId} pairId={row.pairId} />
              </Row>
            );
          })}
        </List>
      ) : null}
      {cannotJudge.length > 0 ? (
        <List title="Could not be judged: passed on to other raters">
          {cannotJudge.map((sitting) => (
            <Row key={sitting.sittingId} project={project} row={sitting}>
              {sitting.reason}
            </Row>
          ))}
        </List>
      ) : null}
      {notes.length > 0 ? (
        <List title="Notes">
          {notes.map((sitting) => (
            <Row key={sitting.sittingId} project={project} row={sitting}>
              {sitting.isGuidelineGap ? (
                <b className="mr-2 rounded-1 bg-warn-tint px-1.5 text-12 font-mid text-warn">
                  Guideline gap
                </b>
              ) : null}
              {sitting.note}
            </Row>
          ))}
        </List>
      ) : null}
    </section>
  );
}

function List({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div>
      <h3 className="mb-1 text-12 text-ink-3">{title}</h3>
      <ul className="divide-y divide-line border-y border-line">{children}</ul>
    </div>
  );
}

type RowProps = {
  project: string;
  row: Pick<Found["notes"][number], "pairId" | "conceptA" | "conceptB" | "rater">;
  children: ReactNode;
};

function Row({ project, row, children }: RowProps) {
  return (
    <li className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-4 py-2">
      <span className="min-w-0">
        <Link href={`/p/${project}/pairs/${row.pairId}`} className="hover:underline">
          <PairName a={row.conceptA} b={row.conceptB} />
        </Link>
        <span className="block text-13">{children}</span>
      </span>
      <span className="small-print">{row.rater}</span>
    </li>
  );
}
