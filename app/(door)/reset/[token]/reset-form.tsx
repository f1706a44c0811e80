"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Password } from "@/server/auth/schemas";
import { enter } from "../../_door/enter";
import { PasswordField } from "../../_door/password-field";
import { problemOf } from "../../_door/problem-of";

export function ResetForm({ token }: { token: string }) {
  const reset = useMutation(useTRPC().auth.door.setPasswordByLink.mutationOptions());
  const [wrong, setWrong] = useState<{ password?: string; form?: string }>({});
  const [isBusy, setIsBusy] = useState(false);

  async function setPassword(password: string): Promise<string | null> {
    const change = { mail: "" };
    const problem = await problemOf(async () => {
      change.mail = (await reset.mutateAsync({ token, password })).mail;
    });
    return problem ?? enter({ mail: change.mail, password, target: "/" });
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isBusy) return;
    const given = Password.safeParse(new FormData(event.currentTarget).get("password"));
    if (!given.success) return setWrong({ password: given.error.issues[0]?.message });
    setIsBusy(true);
    setWrong({});
    const problem = await setPassword(given.data);
    if (problem === null) return;
    setWrong({ form: problem });
    setIsBusy(false);
  }

  return (
    <form onSubmit={submit} noValidate className="grid gap-4 text-14">
      <PasswordField label="New password" error={wrong.password} />
      {wrong.form ? (
        <p role="alert" className="text-bad">
          {wrong.form}
        </p>
      ) : null}
      <Button type="submit" variant="primary" size={40} busy={isBusy && "Setting it"}>
        Set password
      </Button>
    </form>
  );
}
