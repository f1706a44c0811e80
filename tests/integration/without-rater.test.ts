import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import { accounts } from "@/db/schema";
import { removeMember } from "@/server/auth/remove-member";
import { assignSeats } from "@/server/rating/assign-seats";
import { cannotJudge } from "@/server/rating/cannot-judge";
import { closeRound } from "@/server/rating/close-round";
import { listKept } from "@/server/rating/list-kept";
import { listWithoutRater } from "@/server/rating/list-without-rater";
import { claimSitting } from "@/tests/support/claim";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { rateNextGrid } from "@/tests/support/make/rated-grid";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();

/** A project of one person, with a grid for two raters. */
async function makeSite() {
  const owner = await makeMember(db);
  const { projectId } = owner.member;
  const grid = await makeGrid(db, { projectId, raters: 2 });
  return { owner, projectId, grid, join: () => makeMember(db, { projectId, role: "expert" }) };
}

test("a grid that every member has judged is told with the raters that it lacks, until somebody joins", async () => {
  const { owner, grid, join } = await makeSite();
  expect((await listWithoutRater(owner)).total).toBe(0);

  await rateNextGrid(owner, 3);

  expect(await listWithoutRater(owner)).toEqual({
    total: 1,
    rows: [
      expect.objectContaining({
        gridId: grid.gridId,
        conceptA: "iced coke",
        conceptB: "tea cup",
        round: 1,
        seatsDone: 1,
        seatsFree: 1,
      }),
    ],
  });
  await join();
  expect(await listWithoutRater(owner)).toEqual({ total: 0, rows: [] });
});

test("who was removed, is disabled or is simulated is nobody to wait for", async () => {
  const { owner, projectId, join } = await makeSite();
  await rateNextGrid(owner, 3);
  const [removed, disabled] = [await join(), await join()];
  await makeMember(db, { projectId, role: "expert", isSimulated: true });

  await removeMember(owner, { accountId: removed.viewer.accountId });
  expect((await listWithoutRater(owner)).total).toBe(0);
  await db
    .update(accounts)
    .set({ disabledAt: new Date() })
    .where(eq(accounts.id, disabled.viewer.accountId));

  expect((await listWithoutRater(owner)).total).toBe(1);
});

test("who sits at a grid is waited for, and no more once they cannot judge it", async () => {
  const { owner, join } = await makeSite();
  await rateNextGrid(owner, 3);
  const expert = await join();
  const sittingId = await claimSitting(expert);
  expect((await listWithoutRater(owner)).total).toBe(0);

  await cannotJudge(expert, { sittingId, reason: "I do not know the dish", activeMs: 1_000 });

  expect((await listWithoutRater(owner)).total).toBe(1);
});

test("grids of a closed round wait for nobody", async () => {
  const { owner } = await makeSite();
  await rateNextGrid(owner, 3);
  await closeRound(owner, { number: 1, reason: "Enough is known" });

  expect((await listWithoutRater(owner)).total).toBe(0);
});

test("seats that are kept for a disabled account are told as nobody's to take", async () => {
  const { owner, grid, join } = await makeSite();
  const [here, away] = [await join(), await join()];
  const accountIds = [here.viewer.accountId, away.viewer.accountId];
  await assignSeats(owner, { pairIds: [grid.pairId], accountIds });
  await db
    .update(accounts)
    .set({ disabledAt: new Date() })
    .where(eq(accounts.id, away.viewer.accountId));

  const kept = await listKept(owner);

  expect(new Map(kept.map(({ raterId, isAway }) => [raterId, isAway]))).toEqual(
    new Map([
      [here.viewer.accountId, false],
      [away.viewer.accountId, true],
    ]),
  );
});
