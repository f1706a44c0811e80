"use client";

import { useQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { ButtonLink } from "@/app/_ui/button-link";
import { useWhatCame } from "../../use-what-came";
import { whereNext } from "../../where-next";

// The queue has them all.
const MOST_SHOWN = 3;

export type GoOnElsewhereProps = { project: string; onUndo: () => void };

/** Where a rater goes on with nothing left here: what waits in other projects, and what came of the grids. */
export function GoOnElsewhere({ project, onUndo }: GoOnElsewhereProps) {
  const trpc = useTRPC();
  const { data = [] } = useQuery({
    ...trpc.rating.queues.queryOptions(),
    refetchOnMount: "always",
  });
  const { others, seesLevels } = whereNext(data, project);
  const found = useWhatCame(project, seesLevels);
  return (
    <>
      {others.slice(0, MOST_SHOWN).map((other, at) => (
        <ButtonLink
          key={other.project}
          variant={at === 0 ? "primary" : "outlined"}
          href={`/rate?project=${other.project}`}
        >
          {other.words}
        </ButtonLink>
      ))}
      {found ? (
        <ButtonLink variant={others.length === 0 ? "primary" : "outlined"} href={found.href}>
          {found.words}
        </ButtonLink>
      ) : null}
      <ButtonLink variant={others.length > 0 || found ? "outlined" : "primary"} href="/rate">
        To the queue
      </ButtonLink>
      <Button onClick={onUndo}>Back to the last grid</Button>
    </>
  );
}
