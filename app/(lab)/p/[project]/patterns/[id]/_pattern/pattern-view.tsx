"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Link } from "@/app/_ui/link";
import { PageHead } from "@/app/_ui/page-head";
import type { PatternDetail } from "@/server/mining/pattern-detail";
import { LatentPrecision } from "../../../_figures/latent-precision";
import { Saturation } from "../../pattern-figures";
import { usePatternsLive } from "../../use-patterns-live";
import { DecideActions } from "./decide-actions";
import { Examples } from "./examples";
import { Overlaps } from "./overlaps";
import { Standing } from "./standing";

/** What a pattern says, what it may repeat, and, while it is proposed, the decision. */
export function PatternView({ project, patternId }: { project: string; patternId: string }) {
  const trpc = useTRPC();
  const { data } = useSuspenseQuery(trpc.mining.patternDetail.queryOptions({ project, patternId }));
  const { data: listed } = useSuspenseQuery(trpc.mining.listPatterns.queryOptions({ project }));
  const standing = listed.find(({ id }) => id === patternId);
  usePatternsLive(project);
  const { pattern, examples, overlaps } = data;
  const isProposed = pattern.state === "proposed";
  return (
    <>
      <PageHead
        title={pattern.name}
        sub={<Standing project={project} detail={data} />}
        actions={
          isProposed ? (
            <DecideActions key={pattern.id} project={project} detail={data} />
          ) : (
            <Link href={`/p/${project}/pairs?pattern=${pattern.id}`} className="link">
              Its pairs
            </Link>
          )
        }
      />
      <div className="grid grid-cols-[minmax(0,5fr)_minmax(0,6fr)] items-start gap-7 max-md:grid-cols-1">
        <div className="grid gap-5">
          <Part title="Definition">
            {pattern.definition || "None: the proposer has only the name and the pairs to go by."}
          </Part>
          <Part title="Kind">
            {pattern.category === "lcmis"
              ? "LC-Mis: a third, unnamed concept takes the place of one"
              : "Traditional: one of the two is dropped, or both are mixed"}
          </Part>
          {pattern.difference ? (
            <Part title={`How it differs, by ${data.exchange?.model ?? "its proposer"}`}>
              {pattern.difference}
            </Part>
          ) : null}
          <LatentPrecision project={project} patternId={patternId} />
          {standing?.lastBatch ? (
            <Part title="Saturation">
              <Saturation project={project} pattern={standing} />
            </Part>
          ) : null}
          <Family project={project} detail={data} />
        </div>
        <div className="grid gap-5">
          {examples.length > 0 ? (
            <Examples project={project} examples={examples} isProposed={isProposed} />
          ) : null}
          {isProposed ? (
            <Overlaps project={project} proposed={pattern} overlaps={overlaps} />
          ) : null}
        </div>
      </div>
    </>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-1">{title}</h2>
      <div className="max-w-[62ch] text-13 wrap-anywhere text-ink-2">{children}</div>
    </section>
  );
}

type DetailProps = { project: string; detail: PatternDetail };

function Family({ project, detail: { parents, children } }: DetailProps) {
  if (parents.length + children.length === 0) return null;
  const list = (relatives: PatternDetail["parents"]) =>
    relatives.map(({ id, name, state }) => (
      <li key={id}>
        <Link href={`/p/${project}/patterns/${id}`} className="link">
          {name}
        </Link>
        {state === "approved" ? null : <span className="text-ink-3"> {state}</span>}
      </li>
    ));
  return (
    <>
      {parents.length > 0 ? (
        <Part title="Crossed from">
          <ul>{list(parents)}</ul>
        </Part>
      ) : null}
      {children.length > 0 ? (
        <Part title="Its crossings">
          <ul>{list(children)}</ul>
        </Part>
      ) : null}
    </>
  );
}
