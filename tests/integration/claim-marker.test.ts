import { eq, sql } from "drizzle-orm";
import { expect, test } from "vitest";
import { connect, type DbOrTx } from "@/db/client";
import { grids as gridTable } from "@/db/schema";
import { giveBack } from "@/server/rating/give-back";
import type { MemberContext } from "@/server/trpc/context";
import { cloneGrids } from "@/tests/support/make/clone-grids";
import { claimBatch, openStage, readSitting } from "@/tests/support/rating-stage";
import { testDatabase } from "@/tests/support/test-database";

const { db, url } = await testDatabase();

/** Ann has done the first of so many grids with two seats each, and Bob the last ten: hers stand in front of his. */
async function openWithDone(count: number, others = 10) {
  const stage = await openStage(db, { grids: count + others, raters: 2 });
  const [ann, bob] = [await stage.rater(), await stage.rater()];
  const ids = stage.grids.map(({ gridId }) => gridId).toSorted();
  await finishAll(ann, ids.slice(0, count));
  await finishAll(bob, ids.slice(count));
  await db.execute(sql`analyze grid, seat, sitting`);
  return { ...stage, ann, last: ids.slice(count) };
}

async function finishAll({ viewer, member }: MemberContext, gridIds: readonly string[]) {
  await db.execute(sql`
    with sat as (
      insert into sitting (id, project_id, grid_id, rater_id, state, submitted_at, active_ms)
      select teacup_uuidv7(), ${member.projectId}, id, ${viewer.accountId}, 'submitted', now(), 60000
      from unnest(${sql.param([...gridIds])}::uuid[]) id returning id, grid_id
    )
    update seat set completed_at = now(), sitting_id = sat.id from sat where seat.grid_id = sat.grid_id and seat.number = 1`);
}

const gridOf = async (sittingId: string | undefined) => (await readSitting(db, sittingId!)).gridId;
const next = async (rater: MemberContext) => gridOf((await claimBatch(rater, 1))[0]);

/** How many pages the search for the next seat reads, whatever it calls. */
async function pagesRead(tx: DbOrTx, { viewer, member }: MemberContext): Promise<number> {
  const [row] = await tx.execute<{ "QUERY PLAN": [{ Plan: { "Shared Hit Blocks": number } }] }>(sql`
    explain (analyze, buffers, format json) select teacup_take_seat(${member.projectId}, ${viewer.accountId}, '{}')`);
  return row!["QUERY PLAN"][0].Plan["Shared Hit Blocks"];
}

class Undone extends Error {}
/** What a search reads, and nothing is taken by it. */
async function tried(rater: MemberContext): Promise<number> {
  let pages = 0;
  const search = db.transaction(async (tx) => {
    pages = await pagesRead(tx, rater);
    throw new Undone();
  });
  await search.catch((error) => {
    if (!(error instanceof Undone)) throw error;
  });
  return pages;
}

test("a claim reads no more because its rater has done many of the grids in front", async () => {
  const read: number[] = [];
  for (const done of [30, 600]) {
    const { ann } = await openWithDone(done);
    // The first search finds where they end.
    await db.transaction((tx) => pagesRead(tx, ann));
    read.push(await tried(ann));
  }

  const [few, many] = read;
  expect(many! - few!).toBeLessThan(200);
});

test("a claim looks at few of many open grids, also where the planner finds it dear to follow the index", async () => {
  const read: number[] = [];
  for (const open of [20, 400]) {
    const { ann } = await openWithDone(1, open);
    await db.transaction(async (tx) => {
      await tx.execute(sql`set local random_page_cost = 100`);
      read.push(await pagesRead(tx, ann));
    });
  }

  const [few, many] = read;
  expect(many! - few!).toBeLessThan(1000);
});

test("what comes to stand in front later is handed out first all the same", async () => {
  const { ann, grids, last } = await openWithDone(20);
  expect(await next(ann)).toBe(last[0]);

  const [made] = await cloneGrids(db, grids[0]!, 1);
  const [, second] = await claimBatch(ann, 2);
  expect(await gridOf(second)).toBe(made!.gridId);

  await db.update(gridTable).set({ priority: 5 }).where(eq(gridTable.id, last[9]!));
  const [, , third] = await claimBatch(ann, 3);
  expect(await gridOf(third)).toBe(last[9]);
});

test("a grid that was given back comes again before those behind it", async () => {
  const { ann, last } = await openWithDone(20);
  const [first, second] = await claimBatch(ann, 3);
  await giveBack(ann, { sittingId: first! });
  await giveBack(ann, { sittingId: second! });

  const [, again] = await claimBatch(ann, 2);

  expect(await gridOf(again)).toBe(last[0]);
});

test("what a transaction puts in front that had not ended when the search was made is not missed", async () => {
  const { ann, last } = await openWithDone(20);
  const other = connect(url, { max: 1 });
  let end = () => {};
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  let begun = () => {};
  const hasBegun = new Promise<void>((resolve) => {
    begun = resolve;
  });
  const raising = other.db.transaction(async (tx) => {
    await tx.update(gridTable).set({ priority: 5 }).where(eq(gridTable.id, last[9]!));
    begun();
    await ended;
  });
  await hasBegun;
  expect(await next(ann)).toBe(last[0]);
  end();
  await raising;
  await other.close();

  const [, second] = await claimBatch(ann, 2);

  expect(await gridOf(second)).toBe(last[9]);
});
