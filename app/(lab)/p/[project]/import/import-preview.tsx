"use client";

import { Button } from "@/app/_ui/button";
import type { ImportPreview } from "@/server/import/preview-import";
import type { ImportOptions } from "@/server/import/schemas";
import { ConfirmImport } from "./confirm-import";
import { PreviewLines } from "./preview-lines";
import { ReportedFields } from "./reported-fields";
import { countsWords, FORMAT_WORDS } from "./words";

export type ImportPreviewViewProps = {
  project: string;
  importId: string;
  options: ImportOptions;
  preview: ImportPreview;
  /** Other options, looked at at once. */
  onChange: (part: Partial<ImportOptions>, again: boolean) => void;
};

export function ImportPreviewView(props: ImportPreviewViewProps) {
  const { preview, options, onChange } = props;
  const { counts, problem, format } = preview;
  const isList = format === "prompts" || format === "pair-lines";
  const brings = counts.pairs + counts.prompts + counts.reported + counts.images > 0;
  const isUsable = !problem && counts.wrong === 0 && brings;
  return (
    <section aria-label="Preview" className="mt-6">
      <h2>{headline(preview)}</h2>
      <p className="small-print mt-1 flex items-center gap-3">
        Read as {FORMAT_WORDS[format]}.
        {isList ? (
          <Button
            size={26}
            onClick={() => onChange({ lines: format === "prompts" ? "pairs" : "prompts" }, true)}
          >
            {format === "prompts" ? "Each line is a pair: A, B" : "Each line is a prompt"}
          </Button>
        ) : null}
      </p>
      {problem ? (
        <p role="alert" className="mt-1 text-bad">
          Line {problem.line}: {problem.reason}.
        </p>
      ) : null}
      <Notes preview={preview} />
      {counts.pairs + counts.duplicates > 0 && format !== "export" && format !== "manifest" ? (
        <ReportedFields
          suggested={preview.suggested}
          reported={options.reported ?? null}
          onChange={(reported) => onChange({ reported }, true)}
        />
      ) : null}
      {isUsable ? <ConfirmImport {...props} /> : null}
      <PreviewLines preview={preview} />
    </section>
  );
}

function Notes({ preview }: { preview: ImportPreview }) {
  const { newPatterns, leftOut, isKeyOnly, strange } = preview;
  return (
    <div className="mt-1 grid gap-1">
      {newPatterns.length > 0 ? <p>Patterns that will be made: {newPatterns.join(", ")}.</p> : null}
      {leftOut.map((words) => (
        <p key={words}>Left out: {words}.</p>
      ))}
      {strange ? (
        <p className="text-warn">
          {strange.generator} does not know {strange.examples.join(", ")}
          {strange.pairs > 1 ? " and others" : ""}: it cannot draw{" "}
          {strange.pairs === 1 ? "this pair" : `these ${strange.pairs} pairs`} as asked. Another
          generator may.
        </p>
      ) : null}
      {isKeyOnly ? (
        <p>The list is long, so lines that are only worded alike are not pointed out.</p>
      ) : null}
    </div>
  );
}

function headline({ counts, problem }: ImportPreview): string {
  if (problem) return "This cannot be imported yet";
  const parts = [countsWords(counts)];
  if (counts.duplicates > 0) parts.push(`${counts.duplicates} you have already`);
  if (counts.wrong > 0) parts.push(`${counts.wrong} wrong: mend them, nothing is added before`);
  return parts.join(", ");
}
