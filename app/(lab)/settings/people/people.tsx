"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { EmptyState } from "@/app/_ui/empty-state";
import { PageHead } from "@/app/_ui/page-head";
import { Table, Th } from "@/app/_ui/table";
import { PersonRow } from "./person-row";

export function People({ viewerId }: { viewerId: string }) {
  const { data: people } = useSuspenseQuery(useTRPC().auth.people.list.queryOptions());
  const admins = people.filter((person) => person.isAdmin && !person.disabledAt).length;
  return (
    <>
      <PageHead
        title={`${counted(people.length, "person has", "people have")} an account`}
        sub={`${counted(admins, "admin", "admins")}. An admin looks after accounts, bridges, the LLM and the audit log; what a person may do in a project is decided there.`}
      />
      <Table
        label="People"
        head={
          <>
            <Th>Person</Th>
            <Th>State</Th>
            <Th num>Projects</Th>
            <Th>Since</Th>
            <Th className="text-right">Actions</Th>
          </>
        }
      >
        {people.map((person) => (
          <PersonRow
            key={person.id}
            person={person}
            isMyself={person.id === viewerId}
            isLastAdmin={person.isAdmin && !person.disabledAt && admins === 1}
          />
        ))}
      </Table>
      {people.length === 1 ? (
        <EmptyState title="Nobody else is here yet.">
          Open a project, go to Members, and make an invitation link there.
        </EmptyState>
      ) : null}
    </>
  );
}

const counted = (count: number, one: string, many: string) =>
  `${count} ${count === 1 ? one : many}`;
