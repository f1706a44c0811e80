"use client";

import { useMutation } from "@tanstack/react-query";
import { type SyntheticEvent, useState } from "react";
import { useTRPCClient } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Field, Textarea } from "@/app/_ui/field";
import { PageHead } from "@/app/_ui/page-head";
import type { ImportOptions } from "@/server/import/schemas";
import { ImportFile } from "./import-file";
import { ImportOptionsFields } from "./import-options";
import { ImportPreviewView } from "./import-preview";
import { PastImports } from "./past-imports";
import { sendFile } from "./send-file";
import { type Source, textSource } from "./source";

type Sent = { source: Source; importId: string };

/** Paste or choose a file, look at every line, then add all of them or none. */
export function ImportPairs({ project }: { project: string }) {
  const client = useTRPCClient();
  const [text, setText] = useState("");
  const [source, setSource] = useState<Source | null>(null);
  const [options, setOptions] = useState<ImportOptions>({});
  const [share, setShare] = useState<number | null>(null);
  // What was sent is looked at again with other options without being sent again.
  const [sent, setSent] = useState<Sent | null>(null);
  const look = useMutation({
    mutationFn: async (wanted: ImportOptions) => {
      if (!source) throw new Error("Choose a file first.");
      const importId = sent?.source === source ? sent.importId : await send(source);
      const preview = await client.imports.preview.mutate({ project, importId, options: wanted });
      return { importId, options: wanted, preview };
    },
  });
  const send = async (chosen: Source) => {
    setShare(0);
    try {
      const importId = await sendFile(project, chosen, setShare);
      setSent({ source: chosen, importId });
      return importId;
    } finally {
      setShare(null);
    }
  };
  const choose = (chosen: Source | null) => {
    setSource(chosen);
    setOptions(({ patternId, patternName, delimiter }) => ({ patternId, patternName, delimiter }));
    look.reset();
  };
  const change = (part: Partial<ImportOptions>, again = false) => {
    const next = { ...options, ...part };
    setOptions(next);
    if (again) look.mutate(next);
    else look.reset();
  };
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    look.mutate(options);
  };

  return (
    <>
      <PageHead
        title="Import"
        sub="Pairs as CSV with a header concept_a,concept_b (A,B and first,second work too), JSON rows of A, B and prompt, an export of ours, a plain list, or images with a manifest. You see what will happen before anything does."
      />
      <form className="grid max-w-[880px] gap-3" onSubmit={submit}>
        <ImportFile
          onSource={(chosen) => {
            setText("");
            choose(chosen);
          }}
        />
        <Field label="Or paste it here">
          <Textarea
            rows={6}
            className="font-mono"
            spellCheck={false}
            placeholder={"concept_a,concept_b,latent\niced coke,tea cup,tumbler glass"}
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              choose(event.target.value.trim() === "" ? null : textSource(event.target.value));
            }}
          />
        </Field>
        <div className="flex flex-wrap items-end gap-3">
          <ImportOptionsFields project={project} options={options} onChange={change} />
          <Button
            type="submit"
            variant={look.data ? "outlined" : "primary"}
            busy={look.isPending && sendingWords(share)}
            notReady={source === null && "Choose a file or paste some lines"}
          >
            Preview
          </Button>
        </div>
        {look.error ? (
          <p role="alert" className="text-bad">
            {look.error.message}
          </p>
        ) : null}
      </form>
      {look.data ? (
        <ImportPreviewView
          key={look.submittedAt}
          project={project}
          {...look.data}
          onChange={change}
        />
      ) : null}
      <PastImports project={project} />
    </>
  );
}

const sendingWords = (share: number | null) =>
  share === null ? "Reading" : `Sending, ${Math.floor(share * 100)} %`;
