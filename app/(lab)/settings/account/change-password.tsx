"use client";

import { useMutation } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Field, Input } from "@/app/_ui/field";
import { useToast } from "@/app/_ui/toaster";
import { PasswordField } from "@/app/(door)/_door/password-field";
import { Password } from "@/server/auth/schemas";

export function ChangePassword() {
  const toast = useToast();
  const [timesDone, setTimesDone] = useState(0);
  const [wrong, setWrong] = useState<string | undefined>();
  const change = useMutation(
    useTRPC().auth.account.changePassword.mutationOptions({
      onSuccess: () => {
        setTimesDone((before) => before + 1);
        toast("Password changed; other browsers are signed out");
      },
    }),
  );

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (change.isPending) return;
    const given = new FormData(event.currentTarget);
    const password = Password.safeParse(given.get("password"));
    setWrong(password.error?.issues[0]?.message);
    if (password.success) {
      change.mutate({ current: String(given.get("current")), password: password.data });
    }
  }

  return (
    // A new key empties the fields after a change.
    <form key={timesDone} onSubmit={submit} className="grid gap-3 border-t border-line pt-6">
      <h2>Change the password</h2>
      <Field label="Current password" error={change.error && `${change.error.message}.`}>
        <Input type="password" name="current" autoComplete="current-password" required />
      </Field>
      <PasswordField label="New password" size={32} error={wrong} />
      <div>
        <Button type="submit" busy={change.isPending && "Changing"}>
          Change password
        </Button>
      </div>
    </form>
  );
}
