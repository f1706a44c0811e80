import { sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { agreementFigures } from "@/db/schema";
import { ShowAgreement } from "@/server/agreement/schemas";
import { showAgreement } from "@/server/agreement/show-agreement";
import { reopenSitting } from "@/server/rating/reopen-sitting";
import { claimSitting } from "@/tests/support/claim";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { makeProject } from "@/tests/support/make/project";
import { judgeAll, submit } from "@/tests/support/rate";
import { reckonWanted, showReckoned } from "@/tests/support/show-reckoned";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

type Job = { data: { figuresId: string }; wait: number };
/** What waits for the worker, and for how many seconds it still may not begin. */
const jobs = (projectId: string) =>
  db.execute<Job>(sql`
    select data, extract(epoch from start_after - now())::float as wait from pgboss.job
    where name = 'agreement.reckon' and state = 'created'
      and data ->> 'figuresId' in (select id::text from agreement_figure where project_id = ${projectId})`);

async function twoRaters() {
  const { id: projectId } = await makeProject(db);
  const owner = await makeMember(db, { projectId, role: "owner" });
  const raters = [
    await makeMember(db, { projectId, role: "expert" }),
    await makeMember(db, { projectId, role: "expert" }),
  ] as const;
  const judgeOne = async (correct = 10) => {
    const { imageIds } = await makeGrid(db, { projectId, raters: 2 });
    const sittings: string[] = [];
    for (const rater of raters) {
      const sittingId = await claimSitting(rater);
      await judgeAll(rater, sittingId, { imageIds, correct });
      await submit(rater, sittingId);
      sittings.push(sittingId);
    }
    return sittings;
  };
  const show = () => showAgreement(owner, ShowAgreement.parse({}));
  return { projectId, owner, raters, judgeOne, show };
}

test("the page does not reckon: it asks the worker once, however many look, and shows what comes", async () => {
  const { projectId, judgeOne, show } = await twoRaters();
  await judgeOne();

  const looks = await Promise.all([show(), show(), show()]);

  expect(looks.map(({ figures, isStale }) => [figures, isStale])).toEqual(
    Array.from({ length: 3 }, () => [null, true]),
  );
  expect(await jobs(projectId)).toHaveLength(1);
  await reckonWanted(db);
  const shown = await show();
  expect(shown).toMatchObject({ isStale: false, figures: { verdicts: { images: 20 } } });
  expect(shown.reckonedAt).toBeInstanceOf(Date);
});

test("after a submission the old figures stand, told as old, until the worker has reckoned again", async () => {
  const { projectId, owner, judgeOne, show } = await twoRaters();
  await judgeOne();
  await showReckoned(owner);
  const [before] = await db.execute<{ n: number }>(sql`select count(*)::int as n from pgboss.job`);
  expect(await show()).toMatchObject({ isStale: false });

  await judgeOne();

  expect(await show()).toMatchObject({ isStale: true, figures: { verdicts: { images: 20 } } });
  const [after] = await db.execute<{ n: number }>(sql`select count(*)::int as n from pgboss.job`);
  expect(after!.n - before!.n).toBeGreaterThanOrEqual(1);
  // Not before five seconds after the last time: raters submit more often than that.
  const waits = (await jobs(projectId)).map(({ wait }) => wait);
  expect(Math.max(...waits)).toBeGreaterThan(2);
  expect(Math.max(...waits)).toBeLessThanOrEqual(5);
  await reckonWanted(db);
  expect(await show()).toMatchObject({ isStale: false, figures: { verdicts: { images: 40 } } });
});

test("a sitting that is taken back makes the figures old, and so does the same grid submitted again", async () => {
  const { owner, raters, judgeOne, show } = await twoRaters();
  const [sittingId] = await judgeOne();
  await showReckoned(owner);

  await reopenSitting(raters[0], sittingId!);

  expect(await show()).toMatchObject({ isStale: true });
  expect((await showReckoned(owner)).figures!.verdicts.images).toBe(0);
  await submit(raters[0], sittingId!);
  expect(await show()).toMatchObject({ isStale: true });
});

test("a job that the worker lost is asked for again after a minute", async () => {
  const { projectId, judgeOne, show } = await twoRaters();
  await judgeOne();
  await show();
  await db.execute(sql`delete from pgboss.job where name = 'agreement.reckon'`);
  await show();
  expect(await jobs(projectId)).toHaveLength(0);

  await db.update(agreementFigures).set({ wantedAt: sql`now() - interval '2 minutes'` });
  await show();

  expect(await jobs(projectId)).toHaveLength(1);
});

test("whoever follows the project hears that new figures are there", async () => {
  const { owner, projectId, judgeOne } = await twoRaters();
  await judgeOne();
  const heard: string[] = [];
  const { unlisten } = await db.$client.listen("teacup_live", (text) => heard.push(text));

  await showReckoned(owner);

  await expect
    .poll(() => heard.map((text) => JSON.parse(text)))
    .toContainEqual(expect.objectContaining({ projectId, topic: "agreement" }));
  await unlisten();
});
