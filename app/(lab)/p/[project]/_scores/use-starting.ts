import { useMutationState } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import type { ScoredSubject } from "@/server/scoring/schemas";

type Starting = { isPending: boolean; problem: string | null };

/** How the newest start of a scoring of these images stands; known to the tab, whichever page and dialog it was left for. */
export function useStarting(project: string, of: ScoredSubject): Starting {
  const trpc = useTRPC();
  const started = useMutationState({
    filters: {
      mutationKey: trpc.scoring.start.mutationKey(),
      predicate: ({ state }) => isAbout(state.variables, project, of),
    },
    select: ({ state }) => ({
      isPending: state.status === "pending",
      problem: state.error?.message ?? null,
    }),
  });
  return started.at(-1) ?? { isPending: false, problem: null };
}

type Sent = { project: string; of: ScoredSubject };

function isAbout(sent: unknown, project: string, { kind, number }: ScoredSubject): boolean {
  const { project: inProject, of } = (sent ?? {}) as Partial<Sent>;
  return inProject === project && of?.kind === kind && of.number === number;
}
