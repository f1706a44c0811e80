"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { MoreHorizontal } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useTRPC } from "@/app/_trpc/client";
import { Button } from "@/app/_ui/button";
import { Menu, MenuItem } from "@/app/_ui/menu";
import { StateLabel } from "@/app/_ui/state-label";
import { Td, Tr } from "@/app/_ui/table";
import { useToast } from "@/app/_ui/toaster";
import { ResetLinkDialog } from "./reset-link-dialog";

export type Person = {
  id: string;
  name: string;
  mail: string;
  isAdmin: boolean;
  disabledAt: Date | null;
  createdAt: Date;
  projects: number;
};
export type PersonRowProps = { person: Person; isMyself: boolean; isLastAdmin: boolean };

export function PersonRow({ person, isMyself, isLastAdmin }: PersonRowProps) {
  return (
    <Tr>
      <Td>
        <b>{person.name}</b>
        {isMyself ? " (you)" : null}
        <br />
        <span className="text-ink-3">{person.mail}</span>
      </Td>
      <Td>
        <PersonState person={person} />
      </Td>
      <Td num>{person.projects}</Td>
      <Td>{person.createdAt.toISOString().slice(0, 10)}</Td>
      <Td className="text-right">
        <PersonMenu person={person} isMyself={isMyself} isLastAdmin={isLastAdmin} />
      </Td>
    </Tr>
  );
}

function PersonState({ person }: { person: Person }) {
  if (person.disabledAt) return <StateLabel kind="failed">Disabled</StateLabel>;
  return <StateLabel kind="done">{person.isAdmin ? "Admin" : "Active"}</StateLabel>;
}

function PersonMenu({ person, isMyself, isLastAdmin }: PersonRowProps) {
  const trpc = useTRPC();
  const toast = useToast();
  const router = useRouter();
  const queryClient = useQueryClient();
  const [isResetting, setIsResetting] = useState(false);
  const refresh = async (text: string) => {
    await queryClient.invalidateQueries(trpc.auth.people.list.pathFilter());
    if (isMyself) router.refresh();
    toast(text);
  };
  const onError = (error: { message: string }) => toast(`${error.message}.`, { tone: "bad" });
  const setAdmin = useMutation(
    trpc.auth.people.setAdmin.mutationOptions({
      onSuccess: (_, { admin }) =>
        refresh(`${person.name} is ${admin ? "an admin now" : "no admin any more"}`),
      onError,
    }),
  );
  const setDisabled = useMutation(
    trpc.auth.people.setDisabled.mutationOptions({
      onSuccess: (_, { disabled }) =>
        refresh(`${person.name} ${disabled ? "cannot sign in any more" : "can sign in again"}`),
      onError,
    }),
  );
  return (
    <>
      <Menu
        align="end"
        trigger={
          <Button variant="quiet" size={26} aria-label={`Actions for ${person.name}`}>
            <MoreHorizontal aria-hidden />
          </Button>
        }
      >
        {person.disabledAt ? null : (
          <MenuItem onSelect={() => setIsResetting(true)}>Make a reset link</MenuItem>
        )}
        {isLastAdmin || person.disabledAt ? null : (
          <MenuItem
            onSelect={() => setAdmin.mutate({ accountId: person.id, admin: !person.isAdmin })}
          >
            {person.isAdmin ? "Take admin away" : "Make an admin"}
          </MenuItem>
        )}
        {isMyself ? null : (
          <MenuItem
            danger={!person.disabledAt}
            onSelect={() =>
              setDisabled.mutate({ accountId: person.id, disabled: !person.disabledAt })
            }
          >
            {person.disabledAt ? "Enable" : "Disable"}
          </MenuItem>
        )}
      </Menu>
      {isResetting ? (
        <ResetLinkDialog person={person} onClose={() => setIsResetting(false)} />
      ) : null}
    </>
  );
}
