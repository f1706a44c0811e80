"use client";

import { useMutation } from "@tanstack/react-query";
import { ArrowRight } from "lucide-react";
import { useRouter } from "next/navigation";
import type { ReactNode } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { useToast } from "@/app/_ui/toaster";

export type OpenPhaseButtonProps = {
  project: string;
  number: 3 | 4;
  /** Where the phase's first step is taken. */
  then: string;
  isNext: boolean;
  children: ReactNode;
};

/** A person opens phase 3 or 4 by pressing this, offered or not; the machine never does. */
export function OpenPhaseButton({ project, number, then, isNext, children }: OpenPhaseButtonProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const toast = useToast();
  const open = useMutation(
    trpc.loop.openPhase.mutationOptions({
      onSuccess: () => router.push(then),
      onError: (error) => toast(error.message, { tone: "bad" }),
    }),
  );
  return (
    <Button
      variant={isNext ? "primary" : "outlined"}
      className="w-full"
      busy={(open.isPending || open.isSuccess) && `Opening phase ${number}`}
      onClick={() => open.mutate({ project, number })}
    >
      {children} {isNext ? <ArrowRight aria-hidden /> : null}
    </Button>
  );
}
