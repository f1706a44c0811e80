"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Field, Input } from "@/app/_ui/field";
import { decodeAs, decodeText, type Encoding } from "@/server/mining/domain/import/decode-text";

type Chosen = { name: string; bytes: Uint8Array; encoding: Encoding | null };

const ENCODING_WORDS = {
  "utf-8": "UTF-8",
  "utf-16le": "UTF-16",
  "utf-16be": "UTF-16",
  "windows-1252": "Latin-1 (Windows-1252)",
} as const satisfies Record<Encoding, string>;

/** Reads a file as text; where its bytes do not tell their encoding, it asks. */
export function ImportFile({ onText }: { onText: (text: string) => void }) {
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const read = async (file: File | undefined) => {
    if (!file) return;
    const bytes = new Uint8Array(await file.arrayBuffer());
    const decoded = decodeText(bytes);
    setChosen({ name: file.name, bytes, encoding: decoded?.encoding ?? null });
    onText(decoded?.text ?? "");
  };
  const readLatin = () => {
    const decoded = chosen && decodeAs(chosen.bytes, "windows-1252");
    if (!decoded) return;
    setChosen({ ...chosen, encoding: decoded.encoding });
    onText(decoded.text);
  };
  return (
    <div className="grid gap-2">
      <Field
        label="File"
        hint={
          chosen?.encoding ? `Read as ${ENCODING_WORDS[chosen.encoding]}` : "CSV, JSON or JSONL"
        }
      >
        <Input
          type="file"
          accept=".csv,.tsv,.txt,.json,.jsonl,text/csv"
          className="max-w-96 py-1"
          onChange={(event) => void read(event.target.files?.[0])}
        />
      </Field>
      {chosen && !chosen.encoding ? (
        <p role="alert" className="flex items-center gap-3 text-warn">
          {chosen.name} is not UTF-8, and its bytes do not say what it is.
          <Button size={26} onClick={readLatin}>
            Read it as Latin-1 (Windows-1252)
          </Button>
        </p>
      ) : null}
    </div>
  );
}
