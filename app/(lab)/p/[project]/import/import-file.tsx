"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Field, FileInput } from "@/app/_ui/field";
import {
  type ReadFile,
  readFile,
  readFolder,
  readLatin,
  type Source,
  type Undecided,
} from "./source";

/** Takes a file or a folder; where a text's bytes do not tell their encoding, it asks. */
export function ImportFile({ onSource }: { onSource: (source: Source | null) => void }) {
  const [says, setSays] = useState<string | null>(null);
  const [undecided, setUndecided] = useState<Undecided | null>(null);
  const take = (read: ReadFile) => {
    const isRead = "source" in read;
    setSays(isRead ? read.says : null);
    setUndecided(isRead ? null : read.undecided);
    onSource(isRead ? read.source : null);
  };
  return (
    <div className="grid gap-2">
      <div className="flex flex-wrap items-start gap-4">
        <Field label="File" hint={says ?? "CSV, JSON, JSONL, a plain list, or a zip of images"}>
          <FileInput
            accept=".csv,.tsv,.txt,.json,.jsonl,.zip,text/csv"
            className="w-96 max-md:w-full"
            onChange={async (event) => {
              const file = event.target.files?.[0];
              if (file) take(await readFile(file));
            }}
          />
        </Field>
        <Field label="Or a folder of images" hint="With a manifest.json, .jsonl or .csv in it">
          <FileInput
            multiple
            className="w-96 max-md:w-full"
            {...{ webkitdirectory: "" }}
            onChange={async (event) => {
              const files = [...(event.target.files ?? [])];
              if (files.length > 0) take(await readFolder(files));
            }}
          />
        </Field>
      </div>
      {undecided ? (
        <p role="alert" className="flex items-center gap-3 text-warn max-md:flex-wrap">
          {undecided.name} is not UTF-8, and its bytes do not say what it is.
          <Button size={26} onClick={() => take(readLatin(undecided))}>
            Read it as Latin-1 (Windows-1252)
          </Button>
        </p>
      ) : null}
    </div>
  );
}
