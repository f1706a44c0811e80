"use client";

import { useMutation, useSuspenseQuery } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Field, Select, Textarea } from "@/app/_ui/field";
import { PageHead } from "@/app/_ui/page-head";
import { DELIMITERS, type Delimiter } from "@/server/mining/domain/import/parse-table";
import type { ImportTable } from "@/server/mining/schemas";
import { ImportFile } from "./import-file";
import { ImportPreviewView } from "./import-preview";

const DELIMITER_WORDS = { ",": "Comma", ";": "Semicolon", "\t": "Tab" } as const satisfies Record<
  Delimiter,
  string
>;

/** Paste or choose a file, look at every line, then add all of them or none. */
export function ImportPairs({ project }: { project: string }) {
  const trpc = useTRPC();
  const { data: patterns } = useSuspenseQuery(trpc.mining.listPatterns.queryOptions({ project }));
  const [table, setTable] = useState<ImportTable>({ text: "", delimiter: null, patternId: null });
  const preview = useMutation(trpc.mining.previewImport.mutationOptions());
  const change = (part: Partial<ImportTable>) => {
    setTable((before) => ({ ...before, ...part }));
    preview.reset();
  };
  const look = (event: SyntheticEvent) => {
    event.preventDefault();
    preview.mutate({ project, ...table });
  };

  return (
    <>
      <PageHead
        title="Import pairs"
        sub="A header line with concept_a,concept_b and, if you have them, latent and pattern. A,B and first,second work too, and so do JSON rows of A, B and prompt."
      />
      <form className="grid max-w-[880px] gap-3" onSubmit={look}>
        <ImportFile onText={(text) => change({ text })} />
        <Field label="Or paste it here">
          <Textarea
            rows={8}
            className="font-mono"
            spellCheck={false}
            placeholder={"concept_a,concept_b,latent\niced coke,tea cup,tumbler glass"}
            value={table.text.length > 200_000 ? `${table.text.slice(0, 2000)}\n…` : table.text}
            readOnly={table.text.length > 200_000}
            onChange={(event) => change({ text: event.target.value })}
          />
        </Field>
        <div className="flex items-end gap-3">
          <Field label="Pattern of rows that name none" className="w-80">
            <Select
              value={table.patternId ?? ""}
              onChange={(event) => change({ patternId: event.target.value || null })}
            >
              <option value="">None: every row names its own</option>
              {patterns
                .filter((pattern) => pattern.state !== "retired")
                .map((pattern) => (
                  <option key={pattern.id} value={pattern.id}>
                    {pattern.name}
                  </option>
                ))}
            </Select>
          </Field>
          <Field label="Columns are parted by" className="w-44">
            <Select
              value={table.delimiter ?? ""}
              onChange={(event) => change({ delimiter: delimiterOf(event.target.value) })}
            >
              <option value="">Find out</option>
              {DELIMITERS.map((delimiter) => (
                <option key={delimiter} value={delimiter}>
                  {DELIMITER_WORDS[delimiter]}
                </option>
              ))}
            </Select>
          </Field>
          <Button
            type="submit"
            variant={preview.data ? "outlined" : "primary"}
            busy={preview.isPending && "Reading"}
            notReady={table.text.trim() === "" && "Choose a file or paste some lines"}
          >
            Preview
          </Button>
        </div>
        {preview.error ? (
          <p role="alert" className="text-bad">
            {preview.error.message}
          </p>
        ) : null}
      </form>
      {preview.data ? (
        <ImportPreviewView
          key={preview.submittedAt}
          project={project}
          table={table}
          preview={preview.data}
        />
      ) : null}
    </>
  );
}

const delimiterOf = (value: string): Delimiter | null =>
  DELIMITERS.find((delimiter) => delimiter === value) ?? null;
