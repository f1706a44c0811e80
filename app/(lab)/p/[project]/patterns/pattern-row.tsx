"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Ellipsis, Sparkles } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Menu, MenuItem } from "@/app/_ui/menu";
import { StateLabel } from "@/app/_ui/state-label";
import { Td, Tr } from "@/app/_ui/table";
import { useToast } from "@/app/_ui/toaster";
import { IntervalWords, Whisker } from "@/app/_ui/whisker";
import type { ListedPattern } from "@/server/mining/list-patterns";
import { ProposeDialog } from "./propose-dialog";

export type PatternRowProps = { project: string; pattern: ListedPattern; onEdit: () => void };

export function PatternRow({ project, pattern, onEdit }: PatternRowProps) {
  const [isAsking, setIsAsking] = useState(false);
  const setRetired = useSetRetired(project, pattern);
  const isRetired = pattern.state === "retired";
  const isBusy = pattern.lastBatch?.state === "queued" || pattern.lastBatch?.state === "running";
  return (
    <Tr className={isRetired ? "text-ink-3" : undefined}>
      <Td className="min-w-56">
        <Link
          href={`/p/${project}/pairs?pattern=${pattern.id}`}
          className="font-bold text-ink hover:underline"
        >
          {pattern.name}
        </Link>
        <p className="line-clamp-2 max-w-[52ch] small-print">
          {pattern.definition ||
            "No definition yet: the LLM has only the name and the pairs to go by."}
        </p>
      </Td>
      <Td className="whitespace-nowrap">
        {pattern.category === "lcmis" ? "LC-Mis" : "Traditional"}
      </Td>
      <Td num>{pattern.accepted}</Td>
      <Td num>{pattern.proposed}</Td>
      <Td num>{pattern.level5?.total ?? 0}</Td>
      <Td>
        <Yield pattern={pattern} />
      </Td>
      <Td>
        <LastBatch project={project} pattern={pattern} />
      </Td>
      <Td>
        <div className="flex items-center justify-end gap-1.5">
          {isRetired ? (
            <Button size={26} onClick={() => setRetired(false)}>
              Take up again
            </Button>
          ) : (
            <Button size={26} busy={isBusy && "Proposing"} onClick={() => setIsAsking(true)}>
              <Sparkles aria-hidden /> Propose pairs
            </Button>
          )}
          <Menu
            align="end"
            trigger={
              <Button variant="quiet" size={26} aria-label={`More for ${pattern.name}`}>
                <Ellipsis aria-hidden />
              </Button>
            }
          >
            <MenuItem onSelect={onEdit}>Edit</MenuItem>
            {isRetired ? null : <MenuItem onSelect={() => setRetired(true)}>Retire</MenuItem>}
          </Menu>
        </div>
        {isAsking ? (
          <ProposeDialog project={project} pattern={pattern} onClose={() => setIsAsking(false)} />
        ) : null}
      </Td>
    </Tr>
  );
}

function useSetRetired(project: string, { id, name }: ListedPattern) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { mutate } = useMutation(
    trpc.mining.retirePattern.mutationOptions({
      onSuccess: () =>
        queryClient.invalidateQueries(trpc.mining.listPatterns.queryFilter({ project })),
      onError: (error) => toast(error.message, { tone: "bad" }),
    }),
  );
  const set = (retired: boolean, onSuccess?: () => void) =>
    mutate({ project, patternId: id, retired }, { onSuccess });
  return (retired: boolean) =>
    set(retired, () =>
      toast(retired ? `${name} retired` : `${name} taken up again`, { undo: () => set(!retired) }),
    );
}

function Yield({ pattern: { level5 } }: { pattern: ListedPattern }) {
  if (!level5) return <span className="small-print">Not rated yet</span>;
  return (
    <div>
      <p className="flex items-baseline gap-2">
        <b>{(level5.share * 100).toFixed(1)} %</b>
        <span className="small-print">
          {level5.count} of {level5.total}
        </span>
      </p>
      <Whisker {...level5} label="Share at Level 5" />
      <IntervalWords {...level5} />
    </div>
  );
}

function LastBatch({
  project,
  pattern: { lastBatch },
}: {
  project: string;
  pattern: ListedPattern;
}) {
  if (!lastBatch) return <span className="small-print whitespace-nowrap">None yet</span>;
  if (lastBatch.state === "done") {
    return (
      <span className="whitespace-nowrap">
        {lastBatch.fresh} of {lastBatch.returned} new
      </span>
    );
  }
  if (lastBatch.state === "waiting") {
    return (
      <Link href={`/p/${project}/pairs`} title={lastBatch.reason ?? undefined}>
        <StateLabel kind="waits" />
      </Link>
    );
  }
  if (lastBatch.state === "cancelled") return <span className="small-print">Cancelled</span>;
  return <StateLabel kind="rendering">Asked for {lastBatch.asked}</StateLabel>;
}
