import { and, asc, eq } from "drizzle-orm";
import { repairs, runPairs, runs } from "@/db/schema";
import type { PairScope } from "@/server/mining/pair/read-origin";
import type { Sheet } from "@/server/mining/pair/read-sheets";
import type { MemberContext } from "@/server/trpc/context";
import { newestSheets } from "./domain/newest-sheets";
import { isToRate } from "./is-to-rate";

export type Unseen = {
  /** The comparison's. */
  number: number;
  /** Its grids are handed out: every generator has drawn the pair. */
  isOpen: boolean;
};

/** A pair's sheets without those of comparisons that the viewer may yet have to rate, and which these are. */
export async function leaveUnseen(
  { db, viewer }: Pick<MemberContext, "db" | "viewer">,
  scope: PairScope,
  sheets: readonly Sheet[],
): Promise<{ sheets: Sheet[]; unseen: Unseen[] }> {
  const asked = await readAsked(db, scope);
  const unseen = new Map<number, Sheet[]>();
  for (const [number, ofRepair] of Map.groupBy(asked, ({ repair }) => repair)) {
    const own = sheets.filter((sheet) => ofRepair.some((one) => isOf(one, sheet)));
    if (await isToRate(db, newestSheets(ofRepair, own), viewer.accountId)) unseen.set(number, own);
  }
  const left = new Set([...unseen.values()].flat());
  return {
    sheets: sheets.filter((sheet) => !left.has(sheet)),
    unseen: [...unseen].map(([number, own]) => ({
      number,
      isOpen: own.some(({ gridState }) => gridState === "open"),
    })),
  };
}

type Asked = Awaited<ReturnType<typeof readAsked>>[number];

const isOf = (one: Asked, sheet: Sheet) =>
  sheet.purpose === "repair" &&
  one.revisionId === sheet.generatorRevisionId &&
  one.promptSetId === sheet.promptSetId &&
  one.seedSetId === sheet.seedSetId;

const readAsked = (db: MemberContext["db"], { projectId, pairId }: PairScope) =>
  db
    .select({
      repair: repairs.number,
      revisionId: runs.generatorRevisionId,
      promptSetId: runPairs.promptSetId,
      seedSetId: runs.seedSetId,
    })
    .from(runs)
    .innerJoin(repairs, eq(repairs.id, runs.repairId))
    .innerJoin(runPairs, eq(runPairs.runId, runs.id))
    .where(and(eq(runs.projectId, projectId), eq(runPairs.pairId, pairId)))
    .orderBy(asc(runs.number));
