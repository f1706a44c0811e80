"use client";

import { Field, Input } from "@/app/_ui/field";
import { MAX_RATERS_PER_GRID, RatersPerGrid } from "@/server/project/schemas";

export type RatersFieldProps = { value: number; onChange: (raters: number) => void };

/** How many judge each grid; while the field holds no such number, the last one stands. */
export function RatersField({ value, onChange }: RatersFieldProps) {
  return (
    <Field label="Raters per grid" className="w-32">
      <Input
        type="number"
        min={1}
        max={MAX_RATERS_PER_GRID}
        defaultValue={value}
        onChange={({ target }) => {
          const wanted = RatersPerGrid.safeParse(target.valueAsNumber);
          if (wanted.success) onChange(wanted.data);
        }}
        onBlur={({ target }) => {
          target.value = String(value);
        }}
      />
    </Field>
  );
}
