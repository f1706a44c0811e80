"use client";

import { useMutation } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Dialog, DialogActions } from "@/app/_ui/dialog";
import { Field, Input, Textarea } from "@/app/_ui/field";
import { Key } from "@/app/_ui/key";
import { RerunExchange } from "@/server/mining/domain/exchange-input";
import type { ExchangeDetail } from "@/server/mining/exchange-detail";

export type RerunProps = {
  project: string;
  exchange: Pick<ExchangeDetail, "id" | "model" | "temperature" | "guidance">;
};

/** Asks the same question with other settings, to see what comes; the answer changes nothing. */
export function RunAgain(props: RerunProps) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>
        <RotateCcw aria-hidden />
        Run again with …
      </Button>
      {isOpen ? <RerunDialog {...props} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function RerunDialog({ project, exchange, onClose }: RerunProps & { onClose: () => void }) {
  const trpc = useTRPC();
  const router = useRouter();
  const before = exchange.guidance?.join("\n\n") ?? "";
  const [temperature, setTemperature] = useState(exchange.temperature?.toString() ?? "");
  const [model, setModel] = useState(exchange.model);
  const [guidance, setGuidance] = useState(before);
  const rerun = useMutation(
    trpc.mining.rerunExchange.mutationOptions({
      onSuccess: () => {
        router.refresh();
        onClose();
      },
    }),
  );
  const given = RerunExchange.safeParse({
    exchangeId: exchange.id,
    temperature: temperature.trim() ? Number(temperature) : undefined,
    model: model === exchange.model ? undefined : model,
    guidance: guidance === before ? undefined : guidance,
  });
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Run again with other settings"
      description="The answer is shown beside this one. It adds no pair, no prompt and no pattern; its tokens count."
      width={520}
    >
      <form
        className="grid gap-3"
        onSubmit={(event) => {
          event.preventDefault();
          if (given.success) rerun.mutate({ project, ...given.data });
        }}
      >
        <Field
          label="Temperature"
          hint="0 to 2. Empty: the server's own."
          error={rerun.error?.message}
        >
          <Input
            className="w-24"
            inputMode="decimal"
            value={temperature}
            onChange={(event) => setTemperature(event.target.value)}
          />
        </Field>
        <Field label="Model" hint="Another one of the server that is set up now.">
          <Input value={model} onChange={(event) => setModel(event.target.value)} />
        </Field>
        {exchange.guidance === null ? null : (
          <Field label="Guidance" hint="For this run only.">
            <Textarea value={guidance} onChange={(event) => setGuidance(event.target.value)} />
          </Field>
        )}
        <DialogActions>
          <Button
            type="submit"
            variant="primary"
            busy={rerun.isPending && "Asking"}
            notReady={!given.success && given.error.issues[0]?.message}
          >
            Run again
          </Button>
          <Button variant="quiet" onClick={onClose}>
            Back <Key>Esc</Key>
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
