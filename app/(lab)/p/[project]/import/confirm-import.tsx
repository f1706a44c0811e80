"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Checkbox } from "@/app/_ui/field";
import type { ImportPreviewViewProps } from "./import-preview";
import { useImportEnd } from "./use-import-end";

const PROMPTS_AT_ONCE = 500;

/** The button, and what else can be asked for with it. */
export function ConfirmImport({ project, importId, options, preview }: ImportPreviewViewProps) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { wrong: _, ...expected } = preview.counts;
  const mayPrompt = preview.needPrompts > 0 && preview.needPrompts <= PROMPTS_AT_ONCE;
  const [withPrompts, setWithPrompts] = useState(mayPrompt);
  const start = useMutation(
    trpc.imports.start.mutationOptions({
      onSuccess: () => queries.invalidateQueries(trpc.imports.list.queryFilter({ project })),
    }),
  );
  const isGoing = useImportEnd(project, start.isSuccess ? importId : null);
  const request = { project, importId, options, expected, withPrompts: mayPrompt && withPrompts };
  return (
    <div className="mt-3 flex items-center gap-4">
      <Button
        variant="primary"
        busy={(start.isPending || isGoing) && "Adding"}
        notReady={start.isSuccess && !isGoing && "It has ended; see below"}
        onClick={() => start.mutate(request)}
      >
        {buttonWords(expected.pairs)}
      </Button>
      {mayPrompt ? (
        <Checkbox
          label="Ask for the five prompts of those without"
          checked={withPrompts}
          onChange={(event) => setWithPrompts(event.target.checked)}
        />
      ) : null}
      {preview.needPrompts > PROMPTS_AT_ONCE ? (
        <span className="small-print">
          Prompts can be asked for afterwards, 500 pairs at a time.
        </span>
      ) : null}
      {start.error ? (
        <p role="alert" className="text-bad">
          {start.error.message}
        </p>
      ) : null}
    </div>
  );
}

function buttonWords(pairs: number): string {
  if (pairs === 0) return "Add it";
  return pairs === 1 ? "Add 1 pair" : `Add ${pairs} pairs`;
}
