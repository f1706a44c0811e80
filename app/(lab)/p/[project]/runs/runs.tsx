"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";
import { ButtonLink } from "@/app/_ui/button-link";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHead } from "@/app/_ui/page-head";
import { Table, Th } from "@/app/_ui/table";
import { RunRow } from "./run-row";
import { StartRun } from "./start-run";

export type RunsProps = { project: string; revisionId: string | undefined };

export function Runs({ project, revisionId }: RunsProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { data: list } = useSuspenseQuery(trpc.generation.listRuns.queryOptions({ project }));
  const { data: revisions } = useSuspenseQuery(
    trpc.generation.listGenerators.queryOptions({ project }),
  );
  useLive(project, (event) => {
    if (event !== "resync" && !["render", "run", "pair", "look", "loop"].includes(event.topic))
      return;
    void queries.invalidateQueries(trpc.generation.listRuns.pathFilter());
    void queries.invalidateQueries(trpc.generation.previewRun.pathFilter());
  });
  const active = list.runs.filter((run) => run.state === "active").length;

  return (
    <>
      <PageHead
        title={titleOf(list.runs.length, active)}
        sub="A run has a generator draw 20 images of each pair: five prompts at the same four seeds."
        actions={<ButtonLink href={`/p/${project}/generators`}>Generators</ButtonLink>}
      />
      <StartRun project={project} revisions={revisions} chosenId={revisionId} />
      {list.runs.length === 0 ? (
        <EmptyState title="No run yet.">
          Accept pairs, wait for their five prompts, then start the first run above.
        </EmptyState>
      ) : (
        <Table
          label="Runs"
          head={
            <>
              <Th>Run</Th>
              <Th>Generator</Th>
              <Th>Draws</Th>
              <Th className="w-[280px]">Renders</Th>
              <Th num>Failed</Th>
              <Th>State</Th>
              <Th>Started</Th>
            </>
          }
        >
          {list.runs.map((run) => (
            <RunRow key={run.id} project={project} run={run} />
          ))}
        </Table>
      )}
    </>
  );
}

function titleOf(runs: number, active: number): string {
  if (runs === 0) return "Nothing drawn yet";
  if (active === 0) return runs === 1 ? "1 run, finished" : `${runs} runs, all finished`;
  return active === 1 ? "1 run is drawing" : `${active} runs are drawing`;
}
