import { expect, test } from "vitest";
import { findMember } from "@/server/auth/find-member";
import { adoptProjects } from "@/server/project/adopt-projects";
import { makeMember } from "@/tests/support/make/member";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

test("a person is given the projects that only programs own, and no one else's", async () => {
  const demo = await makeMember(db, { isSimulated: true });
  const colleague = await makeMember(db);
  const person = await makeMember(db);

  await db.transaction((tx) => adoptProjects(tx, person.viewer.accountId));

  const roleIn = async (slug: string) =>
    (await findMember(db, person.viewer.accountId, slug))?.role ?? null;
  expect(await roleIn(demo.member.slug)).toBe("owner");
  expect(await roleIn(colleague.member.slug)).toBeNull();
});
