"use client";

import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { Plus } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";
import { Button } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHead } from "@/app/_ui/page-head";
import { Table, Th } from "@/app/_ui/table";
import type { ListedPattern } from "@/server/mining/list-patterns";
import { PatternDialog } from "./pattern-dialog";
import { PatternRow } from "./pattern-row";

type Editing = { pattern: ListedPattern | null } | null;

export function Patterns({ project }: { project: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const { data: patterns } = useSuspenseQuery(trpc.mining.listPatterns.queryOptions({ project }));
  const [editing, setEditing] = useState<Editing>(null);
  useLive(project, (event) => {
    if (event !== "resync" && !["batch", "pair", "grid"].includes(event.topic)) return;
    void queryClient.invalidateQueries(trpc.mining.listPatterns.queryFilter({ project }));
  });

  return (
    <>
      <PageHead
        title={titleOf(patterns)}
        sub="A pattern is a way two concepts fail together. Proposals are asked for one pattern at a time."
        actions={
          <Button
            variant={patterns.length === 0 ? "primary" : "outlined"}
            onClick={() => setEditing({ pattern: null })}
          >
            <Plus aria-hidden /> New pattern
          </Button>
        }
      />
      {patterns.length === 0 ? (
        <EmptyState title="No pattern yet.">
          Name the first one, say “Beverage and incorrect container”, then type or import pairs that
          belong to it.
        </EmptyState>
      ) : (
        <Table
          label="Patterns"
          head={
            <>
              <Th>Pattern</Th>
              <Th>Kind</Th>
              <Th num>Accepted</Th>
              <Th num>To review</Th>
              <Th num>Rated</Th>
              <Th className="w-64">Level 5, with 95 % interval</Th>
              <Th>Last batch</Th>
              <Th>
                <span className="sr-only">Actions</span>
              </Th>
            </>
          }
        >
          {patterns.map((pattern) => (
            <PatternRow
              key={pattern.id}
              project={project}
              pattern={pattern}
              onEdit={() => setEditing({ pattern })}
            />
          ))}
        </Table>
      )}
      {editing ? (
        <PatternDialog
          project={project}
          pattern={editing.pattern}
          onClose={() => setEditing(null)}
        />
      ) : null}
    </>
  );
}

function titleOf(patterns: readonly ListedPattern[]): string {
  const active = patterns.filter((pattern) => pattern.state !== "retired");
  if (active.length === 0) return "No pattern in use";
  const rated = active.filter((pattern) => pattern.level5);
  const best = rated.toSorted((a, b) => (b.level5?.low ?? 0) - (a.level5?.low ?? 0))[0];
  const count = active.length === 1 ? "1 pattern" : `${active.length} patterns`;
  if (!best?.level5) return `${count}, none rated yet`;
  if (best.level5.count === 0) return `${count}, no Level 5 found yet`;
  return `${count}, most Level 5 in ${best.name}`;
}
