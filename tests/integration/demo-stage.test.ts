import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { accounts, pairs, projects } from "@/db/schema";
import { setStage } from "@/server/demo/stage";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

const projectOf = async () => (await setStage(db)).owner.member;

test("a demo before the first account belongs to an account that nobody can use", async () => {
  const { owner, rater } = await setStage(db);

  const made = await db.select().from(accounts);
  expect(made.map(({ isSimulated, passwordHash }) => [isSimulated, passwordHash])).toEqual([
    [true, null],
    [true, null],
  ]);
  expect([owner.member.role, rater.member.role]).toEqual(["owner", "expert"]);
  expect(rater.viewer.name).toBe("Simulated rater");
});

test("a demo run again, even twice at once, goes on in the same project", async () => {
  const first = await projectOf();

  const again = await Promise.all([projectOf(), projectOf(), projectOf()]);

  expect(new Set(again.map(({ projectId }) => projectId))).toEqual(new Set([first.projectId]));
  const found = await db.select().from(pairs).where(eq(pairs.projectId, first.projectId));
  expect(found.length).toBe(new Set(found.map((pair) => pair.key)).size);
});

test("an archived demo is followed by a new one, owned by the first admin", async () => {
  const first = await projectOf();
  await db.update(projects).set({ archivedAt: new Date() });
  await db.insert(accounts).values({ name: "Ada", mail: "ada@example.org", isAdmin: true });

  const { owner } = await setStage(db);

  expect(owner.member.projectId).not.toBe(first.projectId);
  expect(owner.viewer.name).toBe("Ada");
});
