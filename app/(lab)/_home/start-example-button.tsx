"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import type { ButtonVariant } from "@/app/_ui/button-class";
import { useToast } from "@/app/_ui/toaster";

export function StartExampleButton({ variant }: { variant: ButtonVariant }) {
  const trpc = useTRPC();
  const router = useRouter();
  const toast = useToast();
  const create = useMutation(
    trpc.project.createExample.mutationOptions({
      onSuccess: ({ slug }) => router.push(`/p/${slug}`),
      onError: (error) => toast(error.message, { tone: "bad" }),
    }),
  );
  // Stays busy while the board opens: a second press would make a second project.
  const isBusy = create.isPending || create.isSuccess;
  return (
    <Button
      variant={variant}
      size={variant === "primary" ? 40 : 32}
      busy={isBusy && "Making the example"}
      onClick={() => create.mutate()}
    >
      Start from the example
    </Button>
  );
}
