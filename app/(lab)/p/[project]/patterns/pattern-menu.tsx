"use client";

import { useMutation } from "@tanstack/react-query";
import { Ellipsis } from "lucide-react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Menu, MenuItem, MenuLink, MenuSeparator } from "@/app/_ui/menu";
import { useToast } from "@/app/_ui/toaster";
import { FEWEST_SEEDS } from "@/server/mining/domain/pattern-input";
import type { ListedPattern } from "@/server/mining/list-patterns";
import { usePatternAct } from "./use-pattern-act";

export type PatternMenuProps = {
  project: string;
  pattern: ListedPattern;
  onEdit: () => void;
  onCross: () => void;
  onLoop: () => void;
  onGuide: () => void;
  onRetire: () => void;
};

export function PatternMenu({ project, pattern, ...on }: PatternMenuProps) {
  const askForNames = useAskForNames(project, pattern);
  const isRetired = pattern.state === "retired";
  const home = `/p/${project}/patterns/${pattern.id}`;
  return (
    <Menu
      align="end"
      trigger={
        <Button variant="quiet" size={26} aria-label={`More for ${pattern.name}`}>
          <Ellipsis aria-hidden />
        </Button>
      }
    >
      <MenuLink href={home}>Look at it</MenuLink>
      <MenuItem onSelect={on.onEdit}>Edit</MenuItem>
      <MenuItem onSelect={on.onGuide}>Guidance</MenuItem>
      {isRetired ? null : (
        <>
          <MenuSeparator />
          <MenuLink href={`${home}/board`}>Combine two sets</MenuLink>
          <MenuItem onSelect={on.onCross}>Cross with another</MenuItem>
          {pattern.seeds >= FEWEST_SEEDS ? (
            <MenuItem onSelect={askForNames}>Name patterns from seeds</MenuItem>
          ) : null}
          <MenuItem onSelect={on.onLoop}>Run by itself</MenuItem>
          <MenuSeparator />
          <MenuItem onSelect={on.onRetire}>Retire</MenuItem>
        </>
      )}
    </Menu>
  );
}

/** Where many seeds lie in one pattern: which patterns stand behind them? */
function useAskForNames(project: string, { id: patternId, seeds }: ListedPattern): () => void {
  const trpc = useTRPC();
  const toast = useToast();
  const act = usePatternAct();
  const ask = useMutation(
    trpc.mining.requestPatternNames.mutationOptions({
      ...act,
      onSuccess: () => {
        toast(`Asked for the patterns behind ${seeds} seeds`);
        return act.onSuccess();
      },
    }),
  );
  return () => ask.mutate({ project, patternId });
}
