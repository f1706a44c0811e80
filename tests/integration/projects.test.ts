import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { auditEvents, decisions, generators, guidelines, seedSets } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { createCaller } from "@/server/trpc/router";
import { makeMember } from "@/tests/support/make/member";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
const callerOf = ({ viewer }: MemberContext) =>
  createCaller({ db, viewer, bearerToken: null, address: null });

const mira = await makeMember(db);
const stranger = await makeMember(db);

test("a new project has an owner, a generator, mining seeds and a rating guideline", async () => {
  const { slug } = await callerOf(mira).project.create({ name: "Cups and glasses" });

  expect(slug).toBe("cups-and-glasses");
  const project = await callerOf(mira).project.show({ project: slug });
  expect(project).toMatchObject({ role: "owner", name: "Cups and glasses", archived: false });
  const [decision] = await db
    .select()
    .from(decisions)
    .where(eq(decisions.action, "project.create"));
  const { projectId } = decision!;
  const [generator] = await db.select().from(generators).where(eq(generators.projectId, projectId));
  const [seeds] = await db.select().from(seedSets).where(eq(seedSets.projectId, projectId));
  const [guideline] = await db.select().from(guidelines).where(eq(guidelines.projectId, projectId));
  const [audit] = await db.select().from(auditEvents).where(eq(auditEvents.projectId, projectId));
  expect(generator?.name).toBe("Sketch simulator");
  expect(seeds).toMatchObject({ number: 1, purpose: "mining" });
  expect(guideline).toMatchObject({ version: 1 });
  expect(audit).toMatchObject({ action: "project.create", subject: slug });
});

test("the example comes with two patterns of accepted pairs, so that nobody starts with an empty page", async () => {
  const { slug } = await callerOf(mira).project.createExample();

  const board = await callerOf(mira).project.board({ project: slug });
  const patterns = await callerOf(mira).mining.listPatterns({ project: slug });
  expect(slug).toBe("everyday-objects");
  expect(patterns).toHaveLength(2);
  expect(board.waiting.pairs).toBe(24);
  expect(board.patterns.lcmis + board.patterns.traditional).toBe(2);
});

test("two people who choose one name at once both get a project", async () => {
  const made = await Promise.all(
    [mira, stranger, mira].map((who) => callerOf(who).project.create({ name: "Same name" })),
  );

  expect(made.map((project) => project.slug).sort()).toEqual([
    "same-name",
    "same-name-2",
    "same-name-3",
  ]);
});

test("a name without letters is refused before anything is stored", async () => {
  await expect(callerOf(mira).project.create({ name: "   " })).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
});

test("a rename keeps the address; an archived project leaves the list and can come back", async () => {
  const caller = callerOf(mira);
  const { slug } = await caller.project.create({ name: "Before" });
  await caller.project.rename({ project: slug, name: "After" });
  expect(await caller.project.show({ project: slug })).toMatchObject({ name: "After" });

  const names = async (archived: boolean) =>
    (await caller.project.list({ archived })).map((project) => project.name);
  await caller.project.archive({ project: slug, archived: true });
  expect(await names(false)).not.toContain("After");
  expect(await names(true)).toEqual(["After"]);

  await caller.project.archive({ project: slug, archived: false });
  expect(await names(false)).toContain("After");
});

test("a stranger is told that there is no such project, whatever they ask", async () => {
  const { project } = callerOf(stranger);
  const hidden = { project: mira.member.slug };
  const asked = [
    project.show(hidden),
    project.board(hidden),
    project.searchPairs({ ...hidden, text: "cup" }),
    project.rename({ ...hidden, name: "Mine" }),
    project.archive({ ...hidden, archived: true }),
  ];

  for (const answer of await Promise.allSettled(asked)) {
    expect(answer).toMatchObject({ status: "rejected", reason: { code: "NOT_FOUND" } });
  }
  expect((await project.list({ archived: false })).map((found) => found.slug)).not.toContain(
    mira.member.slug,
  );
});

test("an expert sees the project by name and what to rate, no figures", async () => {
  const expert = await makeMember(db, { projectId: mira.member.projectId, role: "expert" });
  const { project } = callerOf(expert);

  expect(await project.list({ archived: false })).toMatchObject([
    { role: "expert", progress: null, waiting: { toRate: 0 } },
  ]);
  expect(Object.keys((await project.list({ archived: false }))[0]!.waiting)).toEqual(["toRate"]);
  await expect(project.board({ project: mira.member.slug })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
});

test("a researcher does not rename or archive", async () => {
  const researcher = await makeMember(db, {
    projectId: mira.member.projectId,
    role: "researcher",
  });
  const { project } = callerOf(researcher);

  await expect(project.rename({ project: mira.member.slug, name: "Mine" })).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  await expect(
    project.archive({ project: mira.member.slug, archived: true }),
  ).rejects.toMatchObject({ code: "FORBIDDEN" });
});
