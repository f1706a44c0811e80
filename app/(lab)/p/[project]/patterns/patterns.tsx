"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { GitMerge, Plus, Sparkles } from "lucide-react";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHead } from "@/app/_ui/page-head";
import type { ListedPattern } from "@/server/mining/list-patterns";
import { ProjectGuidance } from "../_guidance/project-guidance";
import { CrossDialog } from "./cross-dialog";
import { NewPatternsDialog } from "./new-patterns-dialog";
import { PatternDialog } from "./pattern-dialog";
import { PatternTable } from "./pattern-table";
import { Questions } from "./questions";
import { ToDecide } from "./to-decide";
import { TurnedDown } from "./turned-down";
import { usePatternsLive } from "./use-patterns-live";

type Asking =
  | { what: "edit"; pattern: ListedPattern | null }
  | { what: "cross"; first: string | null }
  | { what: "patterns" };

export type PatternsProps = { project: string; ask: "patterns" | "cross" | null };

export function Patterns({ project, ask }: PatternsProps) {
  const trpc = useTRPC();
  const { data: patterns } = useSuspenseQuery(trpc.mining.listPatterns.queryOptions({ project }));
  const [asking, setAsking] = useState<Asking | null>(initialOf(ask));
  usePatternsLive(project);
  const nameOf = (patternId: string) => patterns.find(({ id }) => id === patternId)?.name ?? "";
  const inState = (...states: ListedPattern["state"][]) =>
    patterns.filter(({ state }) => states.includes(state));
  const inUse = inState("approved", "retired");
  const close = () => {
    setAsking(null);
    // A reload must not ask again what the address asked for once.
    if (ask) window.history.replaceState(null, "", window.location.pathname);
  };

  return (
    <>
      <PageHead
        title={titleOf(patterns)}
        sub="A pattern is a way two concepts fail together. A crossing stands below its first parent."
        actions={
          <>
            <ProjectGuidance project={project} />
            <Button onClick={() => setAsking({ what: "patterns" })}>
              <Sparkles aria-hidden /> Ask for new patterns
            </Button>
            <Button onClick={() => setAsking({ what: "cross", first: null })}>
              <GitMerge aria-hidden /> Cross two patterns
            </Button>
            <Button
              variant={patterns.length === 0 ? "primary" : "outlined"}
              onClick={() => setAsking({ what: "edit", pattern: null })}
            >
              <Plus aria-hidden /> New pattern
            </Button>
          </>
        }
      />
      <Questions project={project} />
      <ToDecide project={project} proposed={inState("proposed")} nameOf={nameOf} />
      {inUse.length === 0 ? (
        <EmptyState title="No pattern in use yet.">
          Name the first one, say “Beverage and incorrect container”, then type or import pairs that
          belong to it.
        </EmptyState>
      ) : (
        <PatternTable
          project={project}
          patterns={inUse}
          nameOf={nameOf}
          onEdit={(pattern) => setAsking({ what: "edit", pattern })}
          onCross={({ id }) => setAsking({ what: "cross", first: id })}
        />
      )}
      <TurnedDown project={project} patterns={inState("rejected", "merged")} nameOf={nameOf} />
      {asking?.what === "edit" ? (
        <PatternDialog project={project} pattern={asking.pattern} onClose={close} />
      ) : null}
      {asking?.what === "cross" ? (
        <CrossDialog project={project} patterns={patterns} first={asking.first} onClose={close} />
      ) : null}
      {asking?.what === "patterns" ? <NewPatternsDialog project={project} onClose={close} /> : null}
    </>
  );
}

function initialOf(ask: PatternsProps["ask"]): Asking | null {
  if (ask === "cross") return { what: "cross", first: null };
  return ask ? { what: ask } : null;
}

function titleOf(patterns: readonly ListedPattern[]): string {
  const proposed = patterns.filter((pattern) => pattern.state === "proposed").length;
  if (proposed === 1) return "1 pattern waits for your decision";
  if (proposed > 1) return `${proposed} patterns wait for your decision`;
  const active = patterns.filter((pattern) => pattern.state === "approved");
  if (active.length === 0) return "No pattern in use";
  const rated = active.filter((pattern) => pattern.level5);
  const best = rated.toSorted((a, b) => (b.level5?.low ?? 0) - (a.level5?.low ?? 0))[0];
  const count = active.length === 1 ? "1 pattern" : `${active.length} patterns`;
  if (!best?.level5) return `${count}, none rated yet`;
  if (best.level5.count === 0) return `${count}, no Level 5 found yet`;
  return `${count}, the highest share at Level 5 (by its lower bound) in ${best.name}`;
}
