"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Copyable } from "@/app/_ui/copyable";
import { Dialog, DialogActions } from "@/app/_ui/dialog";
import { Field, Input } from "@/app/_ui/field";
import { isLoopback } from "./is-loopback";

export function MakeBridgeDialog({ appUrl }: { appUrl: string }) {
  const [open, setOpen] = useState(false);
  const trpc = useTRPC();
  const queries = useQueryClient();
  const make = useMutation(
    trpc.generation.makeBridge.mutationOptions({
      onSuccess: () => queries.invalidateQueries(trpc.generation.listBridges.pathFilter()),
    }),
  );

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    make.mutate({ name: String(new FormData(event.currentTarget).get("name")) });
  }

  function change(isOpen: boolean) {
    setOpen(isOpen);
    // The token is gone with the dialog: it is shown once.
    if (!isOpen) make.reset();
  }

  return (
    <>
      <Button variant="primary" onClick={() => change(true)}>
        Make a bridge token …
      </Button>
      <Dialog
        open={open}
        onOpenChange={change}
        width={640}
        title={make.data ? `The token of ${make.data.name}` : "A new bridge"}
        description={
          make.data
            ? "It is shown only now. On the GPU box, in a copy of this repository, run these three lines."
            : "One token a machine, so that each can be revoked by itself."
        }
      >
        {make.data ? (
          <Commands appUrl={appUrl} token={make.data.token} onDone={() => change(false)} />
        ) : (
          <form onSubmit={submit}>
            <Field
              label="Name"
              hint="Lower-case letters, digits and dashes."
              error={make.error?.message}
            >
              <Input
                name="name"
                required
                pattern="[a-z0-9][a-z0-9\-]{0,39}"
                placeholder="lab-gpu"
              />
            </Field>
            <DialogActions>
              <Button type="submit" variant="primary" busy={make.isPending && "Making"}>
                Make the token
              </Button>
            </DialogActions>
          </form>
        )}
      </Dialog>
    </>
  );
}

type CommandsProps = { appUrl: string; token: string; onDone: () => void };

function Commands({ appUrl, token, onDone }: CommandsProps) {
  const lines = [
    "npm ci",
    `export TEACUP_URL=${appUrl} BRIDGE_TOKEN=${token}`,
    "BRIDGE_ENDPOINTS=my-model=http://127.0.0.1:5000 npm run bridge",
  ];
  return (
    <div className="grid gap-3">
      <Copyable label="Token" value={token} />
      <pre className="overflow-x-auto rounded-2 bg-surface-sunken p-3 font-mono text-12">
        {lines.join("\n")}
      </pre>
      {isLoopback(appUrl) ? (
        <p className="text-12">
          {appUrl} is Teacup on its own machine only. For a bridge on another machine, start Teacup
          with <code>HOST=0.0.0.0</code> and, as <code>APP_URL</code>, the address that others reach
          it at, and put that address into the second line.
        </p>
      ) : null}
      <p className="small-print">
        Put the endpoint's name and address in the last line; a generator revision with that
        endpoint name is then drawn there.
      </p>
      <DialogActions>
        <Button onClick={onDone}>Done</Button>
      </DialogActions>
    </div>
  );
}
