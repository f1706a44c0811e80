"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";

export type ArchiveProjectProps = { project: string; name: string; archived: boolean };

export function ArchiveProject({ project, name, archived }: ArchiveProjectProps) {
  const trpc = useTRPC();
  const router = useRouter();
  const queryClient = useQueryClient();
  const archive = useMutation(
    trpc.project.archive.mutationOptions({
      onSuccess: async () => {
        await queryClient.invalidateQueries(trpc.project.list.pathFilter());
        router.refresh();
      },
    }),
  );
  return (
    <section className="border-t border-line pt-6">
      <h2>{archived ? "Bring the project back" : "Archive the project"}</h2>
      <p className="mt-1 mb-3">
        {archived
          ? "It returns to everybody's list as it was."
          : "It leaves everybody's list. Nothing is deleted, and an owner can bring it back."}
      </p>
      {archived ? (
        <Button
          busy={archive.isPending && "Bringing back"}
          onClick={() => archive.mutate({ project, archived: false })}
        >
          Bring back
        </Button>
      ) : (
        <ConfirmDialog
          trigger="Archive …"
          title={`Archive ${name}?`}
          description="Members no longer find it in their lists. You can bring it back from the home page."
          confirm="Archive"
          busy="Archiving"
          onConfirm={() => archive.mutateAsync({ project, archived: true })}
        />
      )}
    </section>
  );
}
