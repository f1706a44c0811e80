"use client";

import { useMutation } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";

export type LeaveProjectProps = { project: string; isLastOwner: boolean };

export function LeaveProject({ project, isLastOwner }: LeaveProjectProps) {
  const leave = useMutation(
    useTRPC().auth.members.leave.mutationOptions({
      onSuccess: () => window.location.assign("/"),
    }),
  );
  return (
    <section className="border-t border-line pt-6">
      <h2>Leave the project</h2>
      <p className="mt-1 mb-3">
        You no longer see it; what you did in it stays. Only an invitation brings you back.
      </p>
      <ConfirmDialog
        trigger="Leave …"
        triggerProps={{
          notReady: isLastOwner && "You are its last owner: make somebody else an owner first",
        }}
        title="Leave this project?"
        description="Your other browsers are signed out."
        confirm="Leave"
        busy="Leaving"
        onConfirm={() => leave.mutateAsync({ project })}
      />
    </section>
  );
}
