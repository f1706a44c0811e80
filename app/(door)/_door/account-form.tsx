"use client";

import { type FormEvent, type ReactNode, useState } from "react";
import { z } from "zod";
import { Button } from "@/app/_ui/button";
import { Field, Input } from "@/app/_ui/field";
import { Mail, Name, Password } from "@/server/auth/schemas";
import { fieldErrors } from "./field-errors";
import { PasswordField } from "./password-field";

const NewAccount = z.object({ name: Name, mail: Mail, password: Password });
export type NewAccount = z.infer<typeof NewAccount>;

export type AccountFormProps = {
  /** Resolves to what is wrong, or null when the page is being left. */
  onSubmit: (account: NewAccount) => Promise<string | null>;
  children?: ReactNode;
};

/** Name, mail and password of somebody new. */
export function AccountForm({ onSubmit, children }: AccountFormProps) {
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [isBusy, setIsBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isBusy) return;
    const given = NewAccount.safeParse(Object.fromEntries(new FormData(event.currentTarget)));
    if (!given.success) return setErrors(fieldErrors(given.error));
    setErrors({});
    setIsBusy(true);
    const problem = await onSubmit(given.data);
    if (problem === null) return;
    setErrors({ form: problem });
    setIsBusy(false);
  }

  return (
    <form
      onSubmit={submit}
      // A field that is being mended is not wrong until it is sent again.
      onInput={({ target }) => {
        if (target instanceof HTMLInputElement) setErrors({ ...errors, [target.name]: "" });
      }}
      noValidate
      className="grid gap-4 text-14"
    >
      <Field label="Name" error={errors.name}>
        <Input size={40} name="name" autoComplete="name" required />
      </Field>
      <Field label="Mail" error={errors.mail}>
        <Input size={40} name="mail" type="email" autoComplete="email" required />
      </Field>
      <PasswordField label="Password" error={errors.password} />
      {errors.form ? (
        <p role="alert" className="text-bad">
          {errors.form}
        </p>
      ) : null}
      <Button type="submit" variant="primary" size={40} busy={isBusy && "Creating the account"}>
        Create account
      </Button>
      {children}
    </form>
  );
}
