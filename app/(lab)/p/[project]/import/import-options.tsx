"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Field, Input, Select } from "@/app/_ui/field";
import { DELIMITERS, type Delimiter } from "@/server/import/domain/parse-table";
import type { ImportOptions } from "@/server/import/schemas";

const DELIMITER_WORDS = { ",": "Comma", ";": "Semicolon", "\t": "Tab" } as const satisfies Record<
  Delimiter,
  string
>;
const NEW = "new";

export type ImportOptionsFieldsProps = {
  project: string;
  options: ImportOptions;
  onChange: (part: Partial<ImportOptions>) => void;
};

/** What a file may leave unsaid. */
export function ImportOptionsFields({ project, options, onChange }: ImportOptionsFieldsProps) {
  const trpc = useTRPC();
  const { data: patterns } = useSuspenseQuery(trpc.mining.listPatterns.queryOptions({ project }));
  const isNew = typeof options.patternName === "string";
  const choosePattern = (value: string) =>
    onChange(
      value === NEW
        ? { patternId: null, patternName: "" }
        : { patternId: value || null, patternName: null },
    );
  return (
    <>
      <Field label="Pattern of rows that name none" className="w-72">
        <Select
          value={isNew ? NEW : (options.patternId ?? "")}
          onChange={(event) => choosePattern(event.target.value)}
        >
          <option value="">None: every row names its own</option>
          {patterns
            .filter((pattern) => pattern.state === "approved")
            .map((pattern) => (
              <option key={pattern.id} value={pattern.id}>
                {pattern.name}
              </option>
            ))}
          <option value={NEW}>A new one</option>
        </Select>
      </Field>
      {isNew ? (
        <Field
          label="Its name"
          className="w-56"
          length={{ of: options.patternName ?? "", most: 120 }}
        >
          <Input
            value={options.patternName ?? ""}
            onChange={(event) => onChange({ patternName: event.target.value })}
          />
        </Field>
      ) : null}
      <Field label="Columns are parted by" className="w-44">
        <Select
          value={options.delimiter ?? ""}
          onChange={(event) => onChange({ delimiter: delimiterOf(event.target.value) })}
        >
          <option value="">Find out</option>
          {DELIMITERS.map((delimiter) => (
            <option key={delimiter} value={delimiter}>
              {DELIMITER_WORDS[delimiter]}
            </option>
          ))}
        </Select>
      </Field>
    </>
  );
}

const delimiterOf = (value: string): Delimiter | null =>
  DELIMITERS.find((delimiter) => delimiter === value) ?? null;
