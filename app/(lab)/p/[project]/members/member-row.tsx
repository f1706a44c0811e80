"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useTRPC } from "@/app/_trpc/client";
import { ConfirmDialog } from "@/app/_ui/confirm-dialog";
import { Select } from "@/app/_ui/field";
import { Td, Tr } from "@/app/_ui/table";
import { useToast } from "@/app/_ui/toaster";
import { PROJECT_ROLES, type ProjectRole } from "@/db/enums";
import { ROLE_WORDS } from "./role-words";

export type MemberRowProps = {
  project: string;
  member: {
    accountId: string;
    name: string;
    mail: string;
    role: ProjectRole;
    disabledAt: Date | null;
    joinedAt: Date;
  };
  isMyself: boolean;
  mayChange: boolean;
  isLastOwner: boolean;
};

export function MemberRow({ project, member, isMyself, mayChange, isLastOwner }: MemberRowProps) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const remove = useMutation(
    trpc.auth.members.remove.mutationOptions({
      onSuccess: () => queryClient.invalidateQueries(trpc.auth.members.list.pathFilter()),
    }),
  );
  return (
    <Tr>
      <Td>
        <b>{member.name}</b>
        {isMyself ? " (you)" : null}
        <br />
        <span className="text-ink-3">
          {member.mail}
          {member.disabledAt ? ", account disabled" : null}
        </span>
      </Td>
      <Td>
        {mayChange && !isLastOwner ? (
          <RoleSelect project={project} member={member} isMyself={isMyself} />
        ) : (
          ROLE_WORDS[member.role]
        )}
      </Td>
      <Td>{member.joinedAt.toISOString().slice(0, 10)}</Td>
      {mayChange ? (
        <Td className="text-right">
          {isMyself ? null : (
            <ConfirmDialog
              trigger="Remove …"
              triggerProps={{ variant: "quiet", size: 26 }}
              title={`Remove ${member.name}?`}
              description="They no longer see this project. What they rated and decided stays."
              confirm="Remove"
              busy="Removing"
              onConfirm={() => remove.mutateAsync({ project, accountId: member.accountId })}
            />
          )}
        </Td>
      ) : null}
    </Tr>
  );
}

type RoleSelectProps = Pick<MemberRowProps, "project" | "member" | "isMyself">;

function RoleSelect({ project, member, isMyself }: RoleSelectProps) {
  const trpc = useTRPC();
  const toast = useToast();
  const router = useRouter();
  const queryClient = useQueryClient();
  const change = useMutation(
    trpc.auth.members.changeRole.mutationOptions({
      onSuccess: async (_, { role }) => {
        await queryClient.invalidateQueries(trpc.auth.members.list.pathFilter());
        // My own page may look different under my new role.
        if (isMyself) router.refresh();
        toast(`${member.name}: ${ROLE_WORDS[role].toLowerCase()}`);
      },
      onError: (error) => toast(`${error.message}.`, { tone: "bad" }),
    }),
  );
  return (
    <Select
      aria-label={`Role of ${member.name}`}
      className="w-32"
      value={change.isPending ? change.variables.role : member.role}
      onChange={(event) => {
        const role = PROJECT_ROLES.find((known) => known === event.target.value);
        if (role) change.mutate({ project, accountId: member.accountId, role });
      }}
    >
      {PROJECT_ROLES.map((role) => (
        <option key={role} value={role}>
          {ROLE_WORDS[role]}
        </option>
      ))}
    </Select>
  );
}
