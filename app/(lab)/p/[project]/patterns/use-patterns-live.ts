import { useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";

const TOPICS = ["pattern", "inquiry", "batch", "pair", "grid", "loop"];

/** Reads patterns and the questions about them again when something of them changed. */
export function usePatternsLive(project: string): void {
  const trpc = useTRPC();
  const queries = useQueryClient();
  useLive(project, (event) => {
    if (event !== "resync" && !TOPICS.includes(event.topic)) return;
    void queries.invalidateQueries(trpc.mining.listPatterns.queryFilter({ project }));
    void queries.invalidateQueries(trpc.mining.listPatternQuestions.queryFilter({ project }));
    void queries.invalidateQueries(trpc.mining.patternDetail.pathFilter());
    void queries.invalidateQueries(trpc.rating.latentPrecision.pathFilter());
    void queries.invalidateQueries(trpc.mining.pairBoard.pathFilter());
  });
}
