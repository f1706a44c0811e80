"use client";

import { type FormEvent, useState } from "react";
import { Button } from "@/app/_ui/button";
import { Field, Input } from "@/app/_ui/field";
import { enter } from "../_door/enter";

export function SignInForm({ target }: { target: string }) {
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isBusy) return;
    const given = new FormData(event.currentTarget);
    setProblem(null);
    setIsBusy(true);
    const wrong = await enter({
      mail: String(given.get("mail")),
      password: String(given.get("password")),
      target,
    });
    if (wrong === null) return;
    setProblem(wrong);
    setIsBusy(false);
  }

  return (
    <form onSubmit={submit} className="grid gap-4 text-14">
      <Field label="Mail">
        <Input size={40} name="mail" type="email" autoComplete="username" required autoFocus />
      </Field>
      <Field label="Password">
        <Input size={40} name="password" type="password" autoComplete="current-password" required />
      </Field>
      {problem ? (
        <p role="alert" className="text-bad">
          {problem}
        </p>
      ) : null}
      <Button type="submit" variant="primary" size={40} busy={isBusy && "Signing in"}>
        Sign in
      </Button>
      <p className="text-13 text-ink-3">
        Forgotten the password? An admin can make you a link that sets a new one.
      </p>
    </form>
  );
}
