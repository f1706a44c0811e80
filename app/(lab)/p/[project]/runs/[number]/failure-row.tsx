"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { ButtonLink } from "@/app/_ui/button-link";
import { useToast } from "@/app/_ui/toaster";
import { useNow } from "@/app/_ui/use-now";
import { MAX_FAILURES } from "@/server/generation/domain/retry-plan";
import type { RunSlot } from "../types";
import { AttemptLog } from "./attempt-log";
import { SlotName } from "./slot-name";

export type FailureRowProps = { project: string; slot: RunSlot; reviseHref: string };

export function FailureRow({ project, slot, reviseHref }: FailureRowProps) {
  const trpc = useTRPC();
  const toast = useToast();
  const queries = useQueryClient();
  const retry = useMutation(
    trpc.generation.retryRender.mutationOptions({
      onSettled: () => queries.invalidateQueries(trpc.generation.runDetail.pathFilter()),
      onError: (error) => toast(error.message, { tone: "bad" }),
    }),
  );
  const isOver = slot.state === "failed";
  return (
    <tr className="[&:not(:first-child)>td]:border-t [&>td]:border-line [&>td]:px-3 [&>td]:py-[5px]">
      <td className="w-[236px]">
        <SlotName slot={slot} />
      </td>
      <td className="w-[90px]">prompt {slot.position}</td>
      <td>
        <b>{slot.reason}</b>
      </td>
      <td className={isOver ? "text-right text-12 text-bad" : "small-print text-right"}>
        <Tries slot={slot} />
      </td>
      <td className="w-[190px]">
        <span className="flex justify-end gap-1">
          <AttemptLog project={project} slot={slot} />
          {slot.isOutdated ? (
            <ButtonLink size={26} href={reviseHref}>
              New revision …
            </ButtonLink>
          ) : null}
          {isHopeless(slot) ? null : (
            <Button
              size={26}
              busy={retry.isPending && "Retrying"}
              onClick={() => retry.mutate({ project, renderId: slot.renderId })}
            >
              <RotateCw aria-hidden /> {isOver ? "Retry" : "Retry now"}
            </Button>
          )}
        </span>
      </td>
    </tr>
  );
}

/** The generator said that asking again gives the same answer: words it does not know, say. */
const isHopeless = ({ state, failures, awaits }: RunSlot) =>
  state === "failed" && failures < MAX_FAILURES && !awaits;

function Tries({ slot }: { slot: RunSlot }) {
  const now = useNow();
  if (isHopeless(slot)) return "given up: no retry would help";
  if (slot.awaits && slot.state === "failed") return "given up: a step before it failed";
  const tries = `try ${slot.failures} of ${MAX_FAILURES}`;
  if (slot.state === "failed") return `${tries} · given up`;
  const seconds = Math.max(0, Math.ceil((slot.nextTryAt.getTime() - now) / 1000));
  const when = seconds > 0 ? `again in ${seconds} s` : "next in line";
  return <span suppressHydrationWarning>{slot.failures > 0 ? `${tries} · ${when}` : when}</span>;
}
