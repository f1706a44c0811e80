"use client";

import { useMutation } from "@tanstack/react-query";
import { Pin } from "lucide-react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Menu, MenuRadio, MenuSeparator } from "@/app/_ui/menu";
import { useToast } from "@/app/_ui/toaster";
import type { ExemplarMode } from "@/db/enums";
import type { Detail } from "./detail";

const MODES = [
  { value: "free", label: "May be shown" },
  { value: "pinned", label: "Always shown" },
  { value: "banned", label: "Never shown" },
] as const;
const WEIGHTS = [
  { value: "0.5", label: "Half as often" },
  { value: "1", label: "Like the others" },
  { value: "2", label: "Twice as often" },
  { value: "5", label: "Five times as often" },
] as const;
const BUTTON = { pinned: "Pinned example", banned: "No example", free: "Example" } as const;

export type ExemplarMenuProps = { project: string; detail: Pick<Detail, "pair" | "exemplar"> };

/** Whether the proposer is shown this pair as an example of its pattern. */
export function ExemplarMenu({ project, detail: { pair, exemplar } }: ExemplarMenuProps) {
  const trpc = useTRPC();
  const toast = useToast();
  const set = useMutation(
    trpc.mining.setExemplar.mutationOptions({
      onError: (error) => toast(error.message, { tone: "bad" }),
    }),
  );
  const mode = exemplar?.mode ?? "free";
  const weight = exemplar?.weight ?? 1;
  const save = (next: ExemplarMode | "free", nextWeight: number) =>
    set.mutate({
      project,
      pairId: pair.id,
      mode: next === "free" ? null : next,
      weight: nextWeight,
    });
  return (
    <Menu
      align="end"
      trigger={
        <Button>
          <Pin aria-hidden />
          {BUTTON[mode]}
        </Button>
      }
    >
      <MenuRadio
        label="As an example to the proposer"
        value={mode}
        options={MODES}
        onChange={(next) => save(next, weight)}
      />
      {mode === "free" ? (
        <>
          <MenuSeparator />
          <MenuRadio
            label="When examples are drawn"
            value={String(weight)}
            options={WEIGHTS}
            onChange={(next) => save(mode, Number(next))}
          />
        </>
      ) : null}
    </Menu>
  );
}
