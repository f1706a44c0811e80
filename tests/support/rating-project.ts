import { and, count, eq, sql } from "drizzle-orm";
import { connect, type Db } from "@/db/client";
import {
  accounts,
  budgets,
  gridImages,
  grids as gridTable,
  levels,
  memberships,
  type Project,
  sittings,
  verdictEvents,
} from "@/db/schema";
import { ProjectSettings } from "@/server/project/schemas";
import { makeGold } from "@/server/rating/make-gold";
import { claimSitting } from "./claim";
import { type MadeGrid, makeGrid } from "./make/grid";
import { makeMember } from "./make/member";
import { makeProject } from "./make/project";
import { judgeAll, type Pace, submit } from "./rate";

export type RatingProject = Awaited<ReturnType<typeof openRatingProject>>;
type Instance = { home: string; databaseUrl: string };
type Wanted = { mail: string; grids: number; settings?: Partial<ProjectSettings> };

/** A project of the running product with grids that wait for the account of that mail. */
export async function openRatingProject(
  instance: Instance,
  { mail, grids: wanted, settings }: Wanted,
) {
  process.env.TEACUP_HOME = instance.home;
  const { db, close } = connect(instance.databaseUrl, { max: 2 });
  const project = await makeProject(db, { settings: ProjectSettings.parse(settings ?? {}) });
  const [account] = await db.select().from(accounts).where(eq(accounts.mail, mail));
  await db
    .insert(memberships)
    .values({ projectId: project.id, accountId: account!.id, role: "owner" });
  const grids: MadeGrid[] = [];
  for (let made = 0; made < wanted; made += 1) {
    grids.push(await makeGrid(db, { projectId: project.id, withFiles: true }));
  }
  return {
    slug: project.slug,
    grids,
    close,
    levels: () => db.select().from(levels).where(eq(levels.projectId, project.id)),
    judged: () => listJudged(db, project),
    submitted: () => listSubmitted(db, project),
    /** How many verdicts and submissions came in. */
    arrived: async () =>
      (await listJudged(db, project)).length + (await listSubmitted(db, project)).length,
    methods: () => countMethods(db, project),
    judgedImages: () => listJudgedImages(db, project),
    layAtRandom: () =>
      db.update(gridTable).set({ layout: "random" }).where(eq(gridTable.projectId, project.id)),
    addGrid: () => makeGrid(db, { projectId: project.id, withFiles: true }),
    addTraining: () => addTraining(db, project),
    addRatedGrid: (corrects: readonly number[], pace?: Pace) =>
      addRatedGrid(db, project, corrects, pace),
    allowRaterTime: (limit: number | null) =>
      db
        .update(budgets)
        .set({ limit })
        .where(and(eq(budgets.projectId, project.id), eq(budgets.kind, "rater_ms"))),
  };
}

/** A grid that teaches: five images are meant to be correct, and of the first it is said why. */
async function addTraining(db: Db, project: Project) {
  const { gridId, imageIds } = await makeGrid(db, { projectId: project.id, withFiles: true });
  const researcher = await makeMember(db, { projectId: project.id, role: "researcher" });
  const answers = imageIds.map((imageId, index) => ({
    imageId,
    verdict: index < 5 ? ("correct" as const) : ("incorrect" as const),
    explanation: index === 0 ? "The handle makes it a cup." : undefined,
  }));
  await makeGold(researcher, { gridId, use: "training", answers });
}

/** One rater for each number, who finds the first so many images correct. */
async function addRatedGrid(db: Db, project: Project, corrects: readonly number[], pace?: Pace) {
  const grid = await makeGrid(db, {
    projectId: project.id,
    withFiles: true,
    raters: corrects.length,
  });
  for (const [index, correct] of corrects.entries()) {
    const name = `Rater ${index + 1}`;
    const rater = await makeMember(db, { projectId: project.id, role: "expert", name });
    const sittingId = await claimSitting(rater);
    await judgeAll(rater, sittingId, { imageIds: grid.imageIds, correct });
    await submit(rater, sittingId, pace);
  }
  return grid;
}

/** Every event in the rater's order: which image became what. */
async function listJudged(db: Db, project: Project) {
  const rows = await db
    .select({ position: gridImages.position, verdict: verdictEvents.verdict })
    .from(verdictEvents)
    .innerJoin(sittings, eq(sittings.id, verdictEvents.sittingId))
    .innerJoin(
      gridImages,
      sql`${gridImages.gridId} = ${verdictEvents.gridId} and ${gridImages.imageId} = ${verdictEvents.imageId}`,
    )
    .where(eq(sittings.projectId, project.id))
    .orderBy(verdictEvents.sittingId, verdictEvents.clientSeq);
  return rows.map((row) => `${row.position} ${row.verdict ?? "open"}`);
}

/** How many events there are of each method. */
async function countMethods(db: Db, project: Project) {
  const rows = await db
    .select({ method: verdictEvents.method, events: count() })
    .from(verdictEvents)
    .innerJoin(sittings, eq(sittings.id, verdictEvents.sittingId))
    .where(eq(sittings.projectId, project.id))
    .groupBy(verdictEvents.method);
  return Object.fromEntries(rows.map(({ method, events }) => [method, events]));
}

async function listJudgedImages(db: Db, project: Project) {
  const rows = await db
    .select({ imageId: verdictEvents.imageId })
    .from(verdictEvents)
    .innerJoin(sittings, eq(sittings.id, verdictEvents.sittingId))
    .where(eq(sittings.projectId, project.id));
  return rows.map(({ imageId }) => imageId);
}

const listSubmitted = (db: Db, project: Project) =>
  db
    .select({
      state: sittings.state,
      activeMs: sittings.activeMs,
      seenInstead: sittings.seenInstead,
      paintedAt: sittings.paintedAt,
      clientSubmittedAt: sittings.clientSubmittedAt,
      firstActionAt: sittings.firstActionAt,
    })
    .from(sittings)
    .where(sql`${sittings.projectId} = ${project.id} and ${sittings.state} = 'submitted'`);
