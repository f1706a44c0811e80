import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useEffect, useEffectEvent } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { useToast } from "@/app/_ui/toaster";
import { countsWords } from "./words";

/** Follows the import that was just begun and leads to its pairs; true while it goes on. */
export function useImportEnd(project: string, importId: string | null): boolean {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const { data } = useQuery(trpc.imports.list.queryOptions({ project }));
  const followed = data?.find(({ id }) => id === importId);
  const isDone = followed?.state === "done";
  const words = followed?.result ? countsWords(followed.result) : "";
  const leave = useEffectEvent(() => {
    toast(`Added ${words}`);
    void queries.invalidateQueries(trpc.mining.pathFilter());
    router.push(`/p/${project}/pairs`);
  });
  // The end is told by the server's live stream: an external system.
  useEffect(() => {
    if (isDone) leave();
  }, [isDone]);
  return (
    importId !== null && (!followed || followed.state === "queued" || followed.state === "running")
  );
}
