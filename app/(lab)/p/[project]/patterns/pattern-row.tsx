"use client";

import { CornerDownRight, Repeat2, Sparkles } from "lucide-react";
import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Link } from "@/app/_ui/link";
import { Td, Tr } from "@/app/_ui/table";
import type { ListedPattern } from "@/server/mining/list-patterns";
import { GuidanceDialog } from "../_guidance/guidance-dialog";
import { GoOnButton } from "../_work/go-on-button";
import { LoopDialog } from "./loop-dialog";
import { Saturation, Yield } from "./pattern-figures";
import { PatternMenu } from "./pattern-menu";
import { ProposeDialog } from "./propose-dialog";
import { useSetRetired } from "./use-set-retired";

export type PatternRowProps = {
  project: string;
  pattern: ListedPattern;
  depth: number;
  /** Names of the parents that it does not stand under. */
  otherParents: readonly string[];
  onEdit: (pattern: ListedPattern) => void;
  onCross: (pattern: ListedPattern) => void;
};

export function PatternRow({ project, pattern, onEdit, onCross, ...place }: PatternRowProps) {
  const [asking, setAsking] = useState<"propose" | "loop" | "guidance" | null>(null);
  const setRetired = useSetRetired(project, pattern);
  const isRetired = pattern.state === "retired";
  const isBusy = pattern.lastBatch?.state === "queued" || pattern.lastBatch?.state === "running";
  const close = () => setAsking(null);
  return (
    <Tr className={isRetired ? "text-ink-3" : undefined}>
      <Td className="min-w-56">
        <NameCell project={project} pattern={pattern} {...place} />
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
        <Saturation project={project} pattern={pattern} />
      </Td>
      <Td>
        <div className="flex items-center justify-end gap-1.5">
          {isRetired ? (
            <Button size={26} onClick={() => setRetired(false)}>
              Take up again
            </Button>
          ) : (
            <Button size={26} busy={isBusy && "Proposing"} onClick={() => setAsking("propose")}>
              <Sparkles aria-hidden /> Propose pairs
            </Button>
          )}
          <PatternMenu
            project={project}
            pattern={pattern}
            onEdit={() => onEdit(pattern)}
            onCross={() => onCross(pattern)}
            onLoop={() => setAsking("loop")}
            onGuide={() => setAsking("guidance")}
            onRetire={() => setRetired(true)}
          />
        </div>
        {asking === "propose" ? (
          <ProposeDialog project={project} pattern={pattern} onClose={close} />
        ) : null}
        {asking === "guidance" ? (
          <GuidanceDialog project={project} pattern={pattern} onClose={close} />
        ) : null}
        {asking === "loop" ? (
          <LoopDialog project={project} pattern={pattern} onClose={close} />
        ) : null}
      </Td>
    </Tr>
  );
}

type NameCellProps = Pick<PatternRowProps, "project" | "pattern" | "depth" | "otherParents">;
const STEP_PX = 18;

function NameCell({ project, pattern, depth, otherParents }: NameCellProps) {
  return (
    <div className="flex gap-1.5" style={{ paddingLeft: Math.max(0, depth - 1) * STEP_PX }}>
      {depth > 0 ? (
        <CornerDownRight aria-hidden className="mt-[3px] size-3.5 shrink-0 text-ink-3" />
      ) : null}
      <div className="min-w-0">
        <Link
          href={`/p/${project}/pairs?pattern=${pattern.id}`}
          className="font-bold text-ink hover:underline"
        >
          {pattern.name}
        </Link>
        {pattern.isAuto ? (
          <span className="ml-2 inline-flex items-center gap-1 text-12 whitespace-nowrap text-accent">
            <Repeat2 aria-hidden className="size-3.5" /> By itself
          </span>
        ) : null}
        {otherParents.length > 0 ? (
          <p className="small-print">Crossed with {otherParents.join(" and ")}</p>
        ) : null}
        <p className="line-clamp-2 max-w-[52ch] small-print">
          {pattern.definition ||
            "No definition yet: the LLM has only the name and the pairs to go by."}
        </p>
        {pattern.asks.map(({ step, reason }) => (
          <p key={step} className="mt-1.5 flex items-center gap-2.5">
            <span className="text-12 text-accent">{reason}</span>
            <GoOnButton project={project} patternId={pattern.id} step={step} />
          </p>
        ))}
      </div>
    </div>
  );
}
