import { and, eq, sql } from "drizzle-orm";
import { expect, test, vi } from "vitest";
import { accounts, invitations, memberships } from "@/db/schema";
import { acceptAsNew, acceptInvitation } from "@/server/auth/accept-invitation";
import { changeRole } from "@/server/auth/change-role";
import { findMember } from "@/server/auth/find-member";
import { findViewer } from "@/server/auth/find-viewer";
import { invite } from "@/server/auth/invite";
import { listInvitations } from "@/server/auth/list-invitations";
import { leaveProject, removeMember } from "@/server/auth/remove-member";
import { revokeInvitation } from "@/server/auth/revoke-invitation";
import { showInvitation } from "@/server/auth/show-invitation";
import type { MemberContext } from "@/server/trpc/context";
import {
  asViewer,
  makeAccountWithPassword,
  PASSWORD,
} from "@/tests/support/make/account-with-password";
import { makeMember } from "@/tests/support/make/member";
import { testDatabase } from "@/tests/support/test-database";
import "@/tests/support/web-environment";

const { db } = await testDatabase();

async function invitationOf(owner: MemberContext, role: "expert" | "owner" = "expert") {
  const { url } = await invite(owner, { role });
  return { token: url.split("/").at(-1)! };
}
const roleOf = async (accountId: string, slug: string) =>
  (await findMember(db, accountId, slug))?.role ?? null;

test("an invitation makes a new account a member with the role it names, and tells who invites", async () => {
  const owner = await makeMember(db);
  const { token } = await invitationOf(owner);
  expect(await showInvitation({ db }, { token })).toEqual({
    role: "expert",
    project: "Everyday objects",
    invitedBy: owner.viewer.name,
  });

  const joined = await acceptAsNew(
    { db },
    { token, name: "Edda", mail: "edda@example.org", password: PASSWORD },
  );

  expect(joined).toEqual({ slug: owner.member.slug, role: "expert" });
  const [edda] = await db.select().from(accounts).where(eq(accounts.mail, "edda@example.org"));
  expect(edda).toMatchObject({ isAdmin: false });
  expect(await roleOf(edda!.id, owner.member.slug)).toBe("expert");
});

test("an invitation is used once, however many people open it at the same moment (20 rounds)", async () => {
  const owner = await makeMember(db);
  for (let round = 0; round < 20; round++) {
    const link = await invitationOf(owner);
    const people = await Promise.all([1, 2, 3].map(() => makeAccountWithPassword(db)));

    const results = await Promise.allSettled(
      people.map((person) => acceptInvitation(asViewer(db, person), link)),
    );

    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
  }
  expect(await db.$count(memberships, eq(memberships.projectId, owner.member.projectId))).toBe(21);
});

test("who is in the project already does not use the invitation up", async () => {
  const owner = await makeMember(db);
  const link = await invitationOf(owner);

  await expect(acceptInvitation(owner, link)).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await showInvitation({ db }, link)).not.toBeNull();
});

test("a taken mail makes no account, no member, and leaves the invitation open", async () => {
  const owner = await makeMember(db);
  const link = await invitationOf(owner);

  await expect(
    acceptAsNew({ db }, { ...link, name: "Eve", mail: owner.viewer.mail, password: PASSWORD }),
  ).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await showInvitation({ db }, link)).not.toBeNull();
});

test("an old, a revoked and an invented invitation do not work", async () => {
  const owner = await makeMember(db);
  const person = asViewer(db, await makeAccountWithPassword(db));
  const old = await invitationOf(owner);
  await db.update(invitations).set({ expiresAt: sql`now() - interval '1 second'` });
  const revoked = await invitationOf(owner);
  const [open] = await listInvitations(owner);
  await revokeInvitation(owner, { invitationId: open!.id });

  for (const link of [old, revoked, { token: "invented-invented-invented" }]) {
    expect(await showInvitation({ db }, link)).toBeNull();
    await expect(acceptInvitation(person, link)).rejects.toMatchObject({ code: "EXPIRED" });
  }
});

test("an owner cannot revoke another project's invitation", async () => {
  const [owner, stranger] = [await makeMember(db), await makeMember(db)];
  const link = await invitationOf(owner);
  const [open] = await listInvitations(owner);

  await expect(revokeInvitation(stranger, { invitationId: open!.id })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  expect(await showInvitation({ db }, link)).not.toBeNull();
});

test("a new role counts at once and ends the person's sessions", async () => {
  const owner = await makeMember(db);
  const expert = await makeMember(db, { role: "expert", projectId: owner.member.projectId });
  const { accountId } = expert.viewer;

  await changeRole(owner, { accountId, role: "researcher" });

  expect(await roleOf(accountId, owner.member.slug)).toBe("researcher");
  expect(await findViewer(db, { accountId, sessionVersion: 1 })).toBeNull();
});

test("an owner who steps down stays signed in where they did it", async () => {
  const owner = await makeMember(db);
  await makeMember(db, { role: "owner", projectId: owner.member.projectId });
  const renewSession = vi.fn(async () => {});

  await changeRole(
    { ...owner, renewSession },
    { accountId: owner.viewer.accountId, role: "researcher" },
  );

  expect(renewSession).toHaveBeenCalledExactlyOnceWith(2);
});

test("the last owner neither steps down nor leaves", async () => {
  const owner = await makeMember(db);
  const { accountId } = owner.viewer;
  await makeMember(db, { role: "researcher", projectId: owner.member.projectId });

  await expect(changeRole(owner, { accountId, role: "expert" })).rejects.toMatchObject({
    code: "CONFLICT",
  });
  await expect(leaveProject(owner)).rejects.toMatchObject({ code: "CONFLICT" });
  expect(await roleOf(accountId, owner.member.slug)).toBe("owner");
});

test("a simulated rater is no owner to leave a project to", async () => {
  const owner = await makeMember(db);
  const { projectId } = owner.member;
  await makeMember(db, { role: "owner", projectId, isSimulated: true });

  await expect(leaveProject(owner)).rejects.toMatchObject({ code: "CONFLICT" });
});

test("two owners who leave at the same moment leave one behind (20 rounds)", async () => {
  for (let round = 0; round < 20; round++) {
    const one = await makeMember(db);
    const two = await makeMember(db, { role: "owner", projectId: one.member.projectId });

    const results = await Promise.allSettled([leaveProject(one), leaveProject(two)]);

    expect(results.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    const owners = and(
      eq(memberships.projectId, one.member.projectId),
      eq(memberships.role, "owner"),
    );
    expect(await db.$count(memberships, owners)).toBe(1);
  }
});

test("somebody of another project can be neither changed nor removed", async () => {
  const [owner, other] = [await makeMember(db), await makeMember(db, { role: "expert" })];
  const { accountId } = other.viewer;

  await expect(removeMember(owner, { accountId })).rejects.toMatchObject({ code: "NOT_FOUND" });
  await expect(changeRole(owner, { accountId, role: "owner" })).rejects.toMatchObject({
    code: "NOT_FOUND",
  });
  expect(await roleOf(accountId, other.member.slug)).toBe("expert");
});
