import type { Page } from "@playwright/test";
import { eq } from "drizzle-orm";
import { connect } from "@/db/client";
import { exchanges, generators, patterns, projects } from "@/db/schema";
import { ADMIN, expect } from "./e2e";
import { makeMember } from "./make/member";
import { makeReadyPair } from "./make/project-with-pairs";
import { openRatingProject } from "./rating-project";

type Instance = { url: string; home: string; databaseUrl: string };

/**
 * A project in which every screen has something to show: a disputed grid, an undisputed one and one to rate, a
 * question to the proposer, a run, an export, and links for who is invited or has lost a password.
 */
export async function openFilledProject(page: Page, instance: Instance) {
  const rating = await openRatingProject(instance, { mail: ADMIN.mail, grids: 0 });
  const disputed = await rating.addRatedGrid([2, 6]);
  await rating.addRatedGrid([0, 0]);
  await rating.addGrid();
  const { db, close } = connect(instance.databaseUrl, { max: 2 });
  const [project] = await db.select().from(projects).where(eq(projects.slug, rating.slug));
  const projectId = project!.id;
  const [pattern] = await db.select().from(patterns).where(eq(patterns.projectId, projectId));
  const patternId = pattern!.id;
  const lost = await makeMember(db, { projectId, role: "expert" });
  const call = callOf(page, instance.url, rating.slug);
  await call("rating.setGuidelines", { text: "A handle makes it a cup.", basedOn: 0 });
  const run = await call("generation.startRun", {
    pairIds: [await makeReadyPair(db, projectId, patternId, 0)],
  });
  await call("mining.requestBatch", { patternId, n: 3 });
  await call("release.requestExport", {});
  const invitation = await call("auth.members.invite", { role: "expert" });
  const reset = await call("auth.people.makeResetLink", { accountId: lost.viewer.accountId });
  const asked = () => db.select().from(exchanges).where(eq(exchanges.projectId, projectId));
  await expect.poll(asked).not.toHaveLength(0);
  const [exchange] = await asked();
  const [generator] = await db
    .select({ id: generators.id })
    .from(generators)
    .where(eq(generators.projectId, projectId));
  return {
    slug: rating.slug,
    patternId,
    generatorId: generator!.id,
    pairId: disputed.pairId,
    disputedGridId: disputed.gridId,
    runNumber: run.number,
    exchangeId: exchange!.id,
    sittingId: (await call("rating.next", {})).id,
    tokenOf: { invite: lastOf(invitation.url), reset: lastOf(reset.url) },
    close: async () => {
      await close();
      await rating.close();
    },
  };
}

const lastOf = (url: string) => url.split("/").at(-1) ?? "";

/** Calls a procedure as the project's pages would. */
const callOf =
  (page: Page, url: string, project: string) => async (name: string, input: object) => {
    const answer = await page.request.post(`/api/trpc/${name}`, {
      data: { json: name.startsWith("auth.people.") ? input : { project, ...input } },
      headers: { origin: url },
    });
    expect(answer.ok(), await answer.text()).toBe(true);
    return (await answer.json()).result.data.json;
  };
