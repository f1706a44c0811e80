"use client";

import { useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { EmptyState } from "@/app/_ui/empty-state";
import { Table, Td, Th, Tr } from "@/app/_ui/table";
import { useToast } from "@/app/_ui/toaster";
import { ROLE_WORDS } from "./role-words";

export function Invitations({ project }: { project: string }) {
  const trpc = useTRPC();
  const toast = useToast();
  const queryClient = useQueryClient();
  const { data } = useSuspenseQuery(trpc.auth.members.listInvitations.queryOptions({ project }));
  const revoke = useMutation(
    trpc.auth.members.revokeInvitation.mutationOptions({
      onSuccess: () => toast("The link does not work any more"),
      onError: (error) => toast(`${error.message}.`, { tone: "bad" }),
      onSettled: () =>
        queryClient.invalidateQueries(trpc.auth.members.listInvitations.pathFilter()),
    }),
  );
  return (
    <section>
      <h2>Open invitations</h2>
      {data.length === 0 ? (
        <EmptyState title="No invitation is open.">
          Press Invite to make a link for one person; there is no mail server, you send it yourself.
        </EmptyState>
      ) : (
        <div className="mt-2">
          <Table
            label="Open invitations"
            head={
              <>
                <Th>Role</Th>
                <Th>Made by</Th>
                <Th>Until (UTC)</Th>
                <Th className="text-right">Actions</Th>
              </>
            }
          >
            {data.map((invitation) => (
              <Tr key={invitation.id}>
                <Td>{ROLE_WORDS[invitation.role]}</Td>
                <Td>{invitation.invitedBy}</Td>
                <Td>{invitation.expiresAt.toISOString().slice(0, 16).replace("T", " ")}</Td>
                <Td className="text-right">
                  <Button
                    variant="quiet"
                    size={26}
                    onClick={() => revoke.mutate({ project, invitationId: invitation.id })}
                  >
                    Revoke
                  </Button>
                </Td>
              </Tr>
            ))}
          </Table>
        </div>
      )}
    </section>
  );
}
