"use client";

import { useSuspenseInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { ShowMore } from "@/app/_ui/show-more";
import { TimeAgo } from "@/app/_ui/time-ago";
import type { GuidelineDetail, GuidelineVersion } from "@/server/rating/list-guidelines";
import { VersionDialog } from "./version-dialog";

export type VersionsProps = { project: string; onStartFrom: (version: GuidelineDetail) => void };

/** Every version that raters worked with, newest first. */
export function Versions({ project, onStartFrom }: VersionsProps) {
  const trpc = useTRPC();
  const [shown, setShown] = useState<number | null>(null);
  const list = useSuspenseInfiniteQuery(
    trpc.rating.guidelineVersions.infiniteQueryOptions(
      { project },
      { getNextPageParam: (page) => page.nextCursor },
    ),
  );
  const { data } = list;
  const versions = data.pages.flatMap((page) => page.versions);
  return (
    <section aria-label="Versions" className="grid content-start gap-2">
      <h2>Versions</h2>
      {versions.length === 0 ? (
        <EmptyState title="No version yet.">The first one comes when you save.</EmptyState>
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {versions.map((version) => (
            <li
              key={version.version}
              className="grid grid-cols-[minmax(0,1fr)_auto] items-center gap-4 py-2"
            >
              <span className="min-w-0 text-13">
                <b>Version {version.version}</b>, {changeWords(version)}
                <span className="small-print block">
                  {version.by ?? "the system"}, <TimeAgo at={version.at} />
                </span>
              </span>
              <Button
                size={26}
                aria-label={`Show version ${version.version}`}
                onClick={() => setShown(version.version)}
              >
                Show
              </Button>
            </li>
          ))}
        </ul>
      )}
      <ShowMore list={list} words="Earlier ones" />
      {shown === null ? null : (
        <VersionDialog
          project={project}
          version={shown}
          onClose={() => setShown(null)}
          onStartFrom={(version) => {
            setShown(null);
            onStartFrom(version);
          }}
        />
      )}
    </section>
  );
}

const many = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : "s"}`;

function changeWords({ change }: GuidelineVersion): string {
  if (!change) return "the first";
  const { added, removed, examples } = change;
  const said = [
    ...(added > 0 ? [`${many(added, "word")} added`] : []),
    ...(removed > 0 ? [`${many(removed, "word")} removed`] : []),
    ...(examples > 0 ? [`${many(examples, "example")} changed`] : []),
  ];
  return said.join(", ") || "the same words";
}
