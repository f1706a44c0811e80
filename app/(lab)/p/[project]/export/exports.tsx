"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { PackageOpen } from "lucide-react";
import { useTRPC } from "@/app/_trpc/client";
import { useLive } from "@/app/_trpc/live";
import { Button } from "@/app/_ui/button";
import { PageHead } from "@/app/_ui/page-head";
import { useToast } from "@/app/_ui/toaster";
import { Contents } from "./contents";
import { PastExports } from "./past-exports";
import { bytesWords, many } from "./words";

export function Exports({ project }: { project: string }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const toast = useToast();
  const { data: contents } = useSuspenseQuery(trpc.release.contents.queryOptions({ project }));
  const { data: exports } = useSuspenseQuery(trpc.release.exports.queryOptions({ project }));
  const readAgain = () =>
    queryClient.invalidateQueries(trpc.release.exports.queryFilter({ project }));
  useLive(project, (event) => {
    if (event === "resync" || event.topic === "export") void readAgain();
  });
  const request = useMutation(
    trpc.release.requestExport.mutationOptions({
      onSuccess: readAgain,
      onError: (error) => toast(error.message, { tone: "bad" }),
    }),
  );
  const isWriting = exports.some(({ state }) => state === "queued" || state === "running");
  const size = `about ${bytesWords(contents.imageBytes)} of images`;

  return (
    <>
      <PageHead
        title={`${many(contents.pairs, "pair")}, ${many(contents.levels, "Level")}, ${many(contents.images, "image")} to take out`}
        sub={`One zip with everything behind each Level, ${size}. Every file comes with its SHA-256.`}
        actions={
          <Button
            variant="primary"
            notReady={contents.pairs === 0 && "Add a pair first."}
            busy={(request.isPending || isWriting) && "Writing the export"}
            onClick={() => request.mutate({ project })}
          >
            <PackageOpen aria-hidden />
            Export
          </Button>
        }
      />
      <Contents contents={contents} />
      <PastExports exports={exports} />
    </>
  );
}
