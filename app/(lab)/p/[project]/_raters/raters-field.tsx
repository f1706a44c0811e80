"use client";

import { useState } from "react";
import { Field, Input } from "@/app/_ui/field";
import { MAX_RATERS_PER_GRID, RatersPerGrid } from "@/server/project/schemas";

/** Why a button beside the field waits. */
export const RATERS_NOT_SAID = `Raters per grid: 1 to ${MAX_RATERS_PER_GRID}`;

export type RatersFieldProps = { initial: number; onChange: (raters: number | null) => void };

/** How many judge each grid; null while the field holds no such number, which it says. */
export function RatersField({ initial, onChange }: RatersFieldProps) {
  const [isWrong, setIsWrong] = useState(false);
  return (
    <Field
      label="Raters per grid"
      className="w-40"
      error={isWrong && `A whole number from 1 to ${MAX_RATERS_PER_GRID}`}
    >
      <Input
        type="number"
        min={1}
        max={MAX_RATERS_PER_GRID}
        defaultValue={initial}
        onChange={({ target }) => {
          const wanted = RatersPerGrid.safeParse(target.valueAsNumber);
          setIsWrong(!wanted.success);
          onChange(wanted.success ? wanted.data : null);
        }}
      />
    </Field>
  );
}
