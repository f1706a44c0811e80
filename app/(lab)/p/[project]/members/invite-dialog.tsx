"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Copyable } from "@/app/_ui/copyable";
import { Dialog, DialogActions } from "@/app/_ui/dialog";
import { Field, Select } from "@/app/_ui/field";
import { PROJECT_ROLES, type ProjectRole } from "@/db/enums";
import { ROLE_MEANING, ROLE_WORDS } from "./role-words";

export function InviteDialog({ project }: { project: string }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button variant="primary" onClick={() => setIsOpen(true)}>
        Invite
      </Button>
      {isOpen ? <InviteSteps project={project} onClose={() => setIsOpen(false)} /> : null}
    </>
  );
}

function InviteSteps({ project, onClose }: { project: string; onClose: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [role, setRole] = useState<ProjectRole>("expert");
  const invite = useMutation(
    trpc.auth.members.invite.mutationOptions({
      onSuccess: () =>
        queryClient.invalidateQueries(trpc.auth.members.listInvitations.pathFilter()),
    }),
  );
  if (invite.data) {
    return (
      <Dialog
        open
        onOpenChange={onClose}
        title="The invitation is ready"
        description={`Send this link to one person. It is shown only now, works once and for ${invite.data.days} days.`}
      >
        <Copyable label="Invitation link" value={invite.data.url} />
        <DialogActions>
          <Button onClick={onClose}>Done</Button>
        </DialogActions>
      </Dialog>
    );
  }
  return (
    <Dialog open onOpenChange={onClose} title="Invite one person">
      <Field label="Role" hint={`${ROLE_WORDS[role]}: ${ROLE_MEANING[role]}.`}>
        <Select
          value={role}
          onChange={(event) =>
            setRole(PROJECT_ROLES.find((known) => known === event.target.value) ?? "expert")
          }
        >
          {PROJECT_ROLES.map((known) => (
            <option key={known} value={known}>
              {ROLE_WORDS[known]}
            </option>
          ))}
        </Select>
      </Field>
      {invite.error ? (
        <p role="alert" className="mt-2 text-bad">
          {invite.error.message}.
        </p>
      ) : null}
      <DialogActions>
        <Button
          variant="primary"
          busy={invite.isPending && "Making"}
          onClick={() => invite.mutate({ project, role })}
        >
          Make the link
        </Button>
      </DialogActions>
    </Dialog>
  );
}
