"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Checkbox } from "@/app/_ui/field";
import { StateLabel } from "@/app/_ui/state-label";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import { useToast } from "@/app/_ui/toaster";
import type { ImportPreview } from "@/server/mining/preview-import";
import type { ImportTable } from "@/server/mining/schemas";

const PROMPTS_AT_ONCE = 500;

export type ImportPreviewViewProps = {
  project: string;
  table: ImportTable;
  preview: ImportPreview;
};

export function ImportPreviewView({ project, table, preview }: ImportPreviewViewProps) {
  const { counts, problem, newPatterns } = preview;
  const isUsable = !problem && counts.wrong === 0 && counts.add > 0;
  return (
    <section aria-label="Preview" className="mt-6">
      <h2>{headline(preview)}</h2>
      {problem ? (
        <p role="alert" className="mt-1 text-bad">
          Line {problem.line}: {problem.reason}.
        </p>
      ) : null}
      {newPatterns.length > 0 ? (
        <p className="mt-1">Patterns that will be made: {newPatterns.join(", ")}.</p>
      ) : null}
      {preview.isKeyOnly ? (
        <p className="mt-1">
          The list is long, so lines that are only worded alike are not pointed out.
        </p>
      ) : null}
      {isUsable ? <Confirm project={project} table={table} count={counts.add} /> : null}
      {preview.lines.length > 0 ? (
        <div className="mt-3">
          <Table
            label="Lines"
            head={
              <>
                <Th num>Line</Th>
                <Th>What happens</Th>
                <Th>A</Th>
                <Th>B</Th>
                <Th>Expected instead</Th>
                <Th>Pattern</Th>
                <Th>Why</Th>
              </>
            }
          >
            {preview.lines.map((line) => (
              <Tr key={line.line}>
                <Td num>{line.line}</Td>
                <Td>
                  <StateLabel kind={LOOK[line.outcome].kind}>{LOOK[line.outcome].word}</StateLabel>
                </Td>
                <Td className="text-ink">{line.a}</Td>
                <Td className="text-ink">{line.b}</Td>
                <Td>{line.latent}</Td>
                <Td>{line.pattern}</Td>
                <Td>{line.note}</Td>
              </Tr>
            ))}
          </Table>
        </div>
      ) : null}
      {preview.hidden > 0 ? (
        <p className="small-print mt-2">
          {preview.hidden} more lines like these; what is wrong or repeated is shown first.
        </p>
      ) : null}
    </section>
  );
}

const LOOK = {
  add: { kind: "done", word: "Will be added" },
  duplicate: { kind: "info", word: "Duplicate, left out" },
  wrong: { kind: "failed", word: "Wrong" },
} as const;

function headline({ counts, problem }: ImportPreview): string {
  if (problem) return "This cannot be imported yet";
  const parts = [`${counts.add} will be added`];
  if (counts.duplicate > 0) parts.push(`${counts.duplicate} you have already`);
  if (counts.wrong > 0) parts.push(`${counts.wrong} wrong: mend them, nothing is added before`);
  return parts.join(", ");
}

function Confirm({
  project,
  table,
  count,
}: {
  project: string;
  table: ImportTable;
  count: number;
}) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const router = useRouter();
  const toast = useToast();
  const mayPrompt = count <= PROMPTS_AT_ONCE;
  const [withPrompts, setWithPrompts] = useState(mayPrompt);
  const confirm = useMutation(
    trpc.mining.importPairs.mutationOptions({
      onSuccess: async ({ added }) => {
        await queries.invalidateQueries(trpc.mining.pathFilter());
        toast(added === 1 ? "1 pair added" : `${added} pairs added`);
        router.push(`/p/${project}/pairs`);
      },
    }),
  );
  return (
    <div className="mt-3 flex items-center gap-4">
      <Button
        variant="primary"
        busy={confirm.isPending && "Adding"}
        onClick={() => confirm.mutate({ project, ...table, expectedPairs: count, withPrompts })}
      >
        Add {count === 1 ? "1 pair" : `${count} pairs`}
      </Button>
      {mayPrompt ? (
        <Checkbox
          label="Ask for their five prompts now"
          checked={withPrompts}
          onChange={(event) => setWithPrompts(event.target.checked)}
        />
      ) : (
        <span className="small-print">
          Prompts can be asked for afterwards, 500 pairs at a time.
        </span>
      )}
      {confirm.error ? (
        <p role="alert" className="text-bad">
          {confirm.error.message}
        </p>
      ) : null}
    </div>
  );
}
