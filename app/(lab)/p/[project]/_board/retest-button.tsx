"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Field, Input, Select } from "@/app/_ui/field";
import { FormDialog } from "@/app/_ui/form-dialog";
import { useToast } from "@/app/_ui/toaster";
import { RequestRetest } from "@/server/mining/schemas";

export type RetestProps = { project: string; patternId: string };

/** Asks once more in another way, before anyone calls the pattern dry. */
export function RetestButton(props: RetestProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button size={26} className="mt-2" onClick={() => setOpen(true)}>
        Re-test
      </Button>
      {isOpen ? <RetestDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

const WAYS = { exemplars: "Other exemplars", temperature: "Another temperature" } as const;
type Way = keyof typeof WAYS;

function RetestDialog({ project, patternId, onClose }: RetestProps & { onClose: () => void }) {
  const trpc = useTRPC();
  const toast = useToast();
  const [way, setWay] = useState<Way>("exemplars");
  const [text, setText] = useState("1.2");
  const asked = RequestRetest.safeParse({
    patternId,
    temperature: way === "exemplars" ? null : readNumber(text),
  });
  const retest = useMutation(
    trpc.mining.requestRetest.mutationOptions({
      onSuccess: ({ number }) => {
        toast(`Batch ${number} is asked for as a re-test`);
        onClose();
      },
    }),
  );
  return (
    <FormDialog
      title="Re-test"
      description="One more batch, asked in another way. If it brings nearly nothing new either, the pattern is dry with this model, and phase 3 is offered."
      submit="Re-test"
      busy={retest.isPending && "Asking"}
      notReady={!asked.success && "A temperature from 0 to 2"}
      problem={retest.error?.message}
      onSubmit={() => asked.success && retest.mutate({ project, ...asked.data })}
      onClose={onClose}
    >
      <Field label="With" hint="The exemplars differ in any case: each batch draws its own.">
        <Select value={way} onChange={(event) => setWay(event.target.value as Way)}>
          {Object.entries(WAYS).map(([value, words]) => (
            <option key={value} value={value}>
              {words}
            </option>
          ))}
        </Select>
      </Field>
      {way === "temperature" ? (
        <Field label="Temperature" hint="0 to 2. The higher, the further the answers stray.">
          <Input
            className="w-24"
            inputMode="decimal"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </Field>
      ) : null}
    </FormDialog>
  );
}

/** An empty field is no zero. */
const readNumber = (text: string): number => (text.trim() === "" ? Number.NaN : Number(text));
