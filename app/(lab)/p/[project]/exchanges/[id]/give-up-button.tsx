"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { useToast } from "@/app/_ui/toaster";

export type GiveUpButtonProps = { project: string; inquiryId: string; size?: 26 };

/** Gives up on a question; an answer that is on its way is dropped. */
export function GiveUpButton({ project, inquiryId, size }: GiveUpButtonProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const toast = useToast();
  const cancel = useMutation(
    trpc.mining.cancelInquiry.mutationOptions({
      onSuccess: () => router.refresh(),
      onError: (error) => toast(error.message, { tone: "bad" }),
    }),
  );
  return (
    <Button
      {...(size ? { size } : {})}
      busy={cancel.isPending && "Giving up"}
      onClick={() => cancel.mutate({ project, inquiryId })}
    >
      Give up
    </Button>
  );
}
