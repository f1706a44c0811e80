"use client";

import { Check } from "lucide-react";
import { useState } from "react";
import { Field, Input } from "@/app/_ui/field";
import { MAX_PASSWORD, MIN_PASSWORD } from "@/server/auth/schemas";

export type PasswordFieldProps = { label: string; error?: string; size?: 32 | 40 };

/** A new password, counted while it is typed. Named `password` in its form. */
export function PasswordField({ label, error, size = 40 }: PasswordFieldProps) {
  const [length, setLength] = useState(0);
  return (
    <Field
      label={label}
      error={(length < MIN_PASSWORD || length > MAX_PASSWORD) && error}
      hint={<LengthHint length={length} />}
    >
      <Input
        size={size}
        type="password"
        name="password"
        autoComplete="new-password"
        required
        onChange={(event) => setLength(event.target.value.length)}
      />
    </Field>
  );
}

function LengthHint({ length }: { length: number }) {
  if (length === 0) return `At least ${MIN_PASSWORD} characters; length is all that counts.`;
  if (length < MIN_PASSWORD) {
    return `${length} characters. Length is all that counts, from ${MIN_PASSWORD}.`;
  }
  if (length > MAX_PASSWORD) {
    return (
      <span className="text-bad">
        {length} characters. At most {MAX_PASSWORD}, please.
      </span>
    );
  }
  return (
    <span className="inline-flex items-center gap-1 text-good">
      <Check aria-hidden className="size-3.5" />
      {length} characters. Length is all that counts, from {MIN_PASSWORD}.
    </span>
  );
}
