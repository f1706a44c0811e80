"use client";

import { useSuspenseQuery } from "@tanstack/react-query";
import { useTRPC } from "@/app/_trpc/client";
import { PageHead } from "@/app/_ui/page-head";
import { Table, Th } from "@/app/_ui/table";
import { Invitations } from "./invitations";
import { InviteDialog } from "./invite-dialog";
import { LeaveProject } from "./leave-project";
import { MemberRow } from "./member-row";

export type MembersProps = { project: string; viewerId: string; isOwner: boolean };

export function Members({ project, viewerId, isOwner }: MembersProps) {
  const { data: members } = useSuspenseQuery(useTRPC().auth.members.list.queryOptions({ project }));
  const owners = members.filter((member) => member.role === "owner").length;
  const experts = members.filter((member) => member.role === "expert").length;
  const isLastOwner = isOwner && owners === 1;
  return (
    <div className="mx-auto grid max-w-[880px] gap-6">
      <div>
        <PageHead
          title={`${counted(members.length, "person works", "people work")} in this project`}
          sub={`${counted(owners, "owner", "owners")}, ${counted(experts, "expert", "experts")}`}
          actions={isOwner ? <InviteDialog project={project} /> : null}
        />
        <Table
          label="Members"
          head={
            <>
              <Th>Person</Th>
              <Th>Role</Th>
              <Th>Since</Th>
              {isOwner ? <Th className="text-right">Actions</Th> : null}
            </>
          }
        >
          {members.map((member) => (
            <MemberRow
              key={member.accountId}
              project={project}
              member={member}
              isMyself={member.accountId === viewerId}
              mayChange={isOwner}
              isLastOwner={member.role === "owner" && owners === 1}
            />
          ))}
        </Table>
      </div>
      {isOwner ? <Invitations project={project} /> : null}
      <LeaveProject project={project} isLastOwner={isLastOwner} />
    </div>
  );
}

const counted = (count: number, one: string, many: string) =>
  `${count} ${count === 1 ? one : many}`;
