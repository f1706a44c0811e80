"use client";

import { useState } from "react";
import { Button } from "@/app/_ui/button";
import { Field, Input, Select } from "@/app/_ui/field";
import { tooLong } from "@/app/_ui/too-long";
import type { ReportedLevel } from "@/server/import/domain/import-item";
import type { ImportOptions } from "@/server/import/schemas";

type Reported = NonNullable<ImportOptions["reported"]>;
export type ReportedFieldsProps = {
  /** What the file's name lets one guess. */
  suggested: ReportedLevel | null;
  reported: Reported | null;
  onChange: (reported: Reported | null) => void;
};

const LEVELS = [1, 2, 3, 4, 5];

/** Who found which Level for all of these pairs. A person says it or nobody does; unknown stays unknown. */
export function ReportedFields({ suggested, reported, onChange }: ReportedFieldsProps) {
  const [isOpen, setIsOpen] = useState(suggested !== null && reported === null);
  const [said, setSaid] = useState<Reported>({
    generator: suggested?.generator ?? null,
    ratedOn: suggested?.ratedOn ?? null,
    raters: suggested?.raters ?? null,
    level: suggested?.level ?? 5,
    ...reported,
  });
  if (reported)
    return (
      <p className="mt-2 flex items-center gap-3">
        Reported as Level {reported.level} by {reported.generator ?? "an unknown generator"},{" "}
        {reported.ratedOn ?? "date unknown"}, {reported.raters ?? "raters unknown"}.
        <Button size={26} onClick={() => onChange(null)}>
          Say nothing of Levels
        </Button>
      </p>
    );
  if (!isOpen)
    return (
      <Button size={26} className="mt-2" onClick={() => setIsOpen(true)}>
        Somebody has rated these pairs
      </Button>
    );
  const excess = [said.generator, said.ratedOn, said.raters]
    .map((text) => tooLong(text ?? "", 200))
    .find(Boolean);
  const field = (name: "generator" | "ratedOn" | "raters") => ({
    value: said[name] ?? "",
    onChange: ({ target }: { target: { value: string } }) =>
      setSaid({ ...said, [name]: target.value || null }),
  });
  return (
    <fieldset className="mt-3 max-w-[880px] rounded-2 border border-line p-3">
      <legend className="px-1 font-mid text-ink">What others report of these pairs</legend>
      {suggested ? (
        <p className="small-print mb-2">
          The file's name suggests this. Change what is wrong, and leave empty what nobody knows.
        </p>
      ) : null}
      <div className="flex flex-wrap items-end gap-3">
        <Field label="Level" className="w-20">
          <Select
            value={said.level}
            onChange={(event) => setSaid({ ...said, level: Number(event.target.value) })}
          >
            {LEVELS.map((level) => (
              <option key={level}>{level}</option>
            ))}
          </Select>
        </Field>
        <Field label="Generator" className="w-44">
          <Input {...field("generator")} />
        </Field>
        <Field label="Date" className="w-36">
          <Input {...field("ratedOn")} />
        </Field>
        <Field label="Raters" className="w-40">
          <Input {...field("raters")} />
        </Field>
        <Button notReady={excess} onClick={() => onChange(said)}>
          These are reported so
        </Button>
        <Button variant="quiet" onClick={() => setIsOpen(false)}>
          No
        </Button>
      </div>
    </fieldset>
  );
}
