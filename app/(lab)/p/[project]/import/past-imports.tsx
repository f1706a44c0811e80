"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";
import { Button } from "@/app/_ui/button";
import { ProgressBar } from "@/app/_ui/progress-bar";
import { StateLabel } from "@/app/_ui/state-label";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import { TimeAgo } from "@/app/_ui/time-ago";
import { useToast } from "@/app/_ui/toaster";
import { useNow } from "@/app/_ui/use-now";
import type { ListedImport } from "@/server/import/list-imports";
import { countsWords, progressWords } from "./words";

/** What was brought in before, and what is coming in now. */
export function PastImports({ project }: { project: string }) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const toast = useToast();
  const { data: imports } = useSuspenseQuery(trpc.imports.list.queryOptions({ project }));
  const readAgain = () => queries.invalidateQueries(trpc.imports.list.queryFilter({ project }));
  useLive(project, (event) => {
    if (event === "resync" || event.topic === "import") void readAgain();
  });
  const cancel = useMutation(
    trpc.imports.cancel.mutationOptions({
      onSettled: readAgain,
      onError: (error) => toast(error.message, { tone: "bad" }),
    }),
  );
  if (imports.length === 0) return null;
  return (
    <section className="mt-8">
      <h2 className="mb-2">Imports</h2>
      <Table
        label="Imports"
        head={
          <>
            <Th>File</Th>
            <Th>Asked for</Th>
            <Th>State</Th>
            <Th>
              <span className="sr-only">Cancel</span>
            </Th>
          </>
        }
      >
        {imports.map((item) => (
          <Tr key={item.id} className="h-11">
            <Td className="text-ink">{item.fileName}</Td>
            <Td className="whitespace-nowrap">
              <TimeAgo at={item.createdAt} />
              {item.requestedBy ? <span className="text-ink-3"> by {item.requestedBy}</span> : null}
            </Td>
            <Td className="w-[480px]">
              <ImportStateCell item={item} />
            </Td>
            <Td num>
              {item.state === "queued" || item.state === "running" ? (
                <Button
                  size={26}
                  busy={cancel.isPending && "Cancelling"}
                  onClick={() => cancel.mutate({ project, importId: item.id })}
                >
                  Cancel
                </Button>
              ) : null}
            </Td>
          </Tr>
        ))}
      </Table>
    </section>
  );
}

function ImportStateCell({ item }: { item: ListedImport }) {
  const now = useNow();
  if (item.state === "done")
    return (
      <>
        <StateLabel kind="done">Added</StateLabel>
        <span className="ml-2 text-12">{item.result ? countsWords(item.result) : ""}</span>
      </>
    );
  if (item.state === "cancelled")
    return <StateLabel kind="info">Cancelled: nothing was added</StateLabel>;
  if (item.state === "failed")
    return (
      <>
        <StateLabel kind="failed" />
        <span className="ml-2 text-12">{item.reason}</span>
      </>
    );
  if (item.state !== "running") return <StateLabel kind="queued">Begins in a moment</StateLabel>;
  const words = progressWords(item, now);
  return (
    <div className="grid grid-cols-[1fr_auto] items-center gap-3">
      <ProgressBar done={item.done} total={item.total} label={words} />
      <span className="small-print" suppressHydrationWarning>
        {words}
      </span>
    </div>
  );
}
