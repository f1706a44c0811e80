import { findRepair } from "@/server/comparison/find-repair";
import { findRepairPairs } from "@/server/comparison/find-repair-pairs";
import { readComparedPairs } from "@/server/comparison/read-compared";
import { startRepair } from "@/server/comparison/start-repair";
import { listGenerators } from "@/server/generation/list-generators";
import { findTestedRevision } from "@/server/project/find-tested-revision";
import type { MemberContext } from "@/server/trpc/context";
import { patiently } from "./patiently";
import type { Report } from "./progress";
import { untilDrawn } from "./render-pairs";

const METHOD = "moce";

/** Whose Level-5 pairs are drawn anew, by whom, and which. */
export type RepairPlan = {
  baselineRevisionId: string;
  methodRevisionId: string;
  pairIds: string[];
};
export type Repaired = { number: number; seedSetId: string; wanted: number };

/** null: the project has no generator that repairs (clip art has none), or no pair needs it. */
export async function planRepair(
  { db, member: { projectId } }: MemberContext,
  pairIds: readonly string[],
): Promise<RepairPlan | null> {
  const tested = await findTestedRevision(db, projectId);
  const generators = await listGenerators(db, projectId);
  const method = generators.find((one) => one.method === METHOD);
  if (!tested || !method) return null;
  const baselineRevisionId = tested.id;
  const found = await findRepairPairs(db, { projectId, baselineRevisionId, pairIds });
  if (found.length === 0) return null;
  const ids = found.map(({ pairId }) => pairId);
  return { baselineRevisionId, methodRevisionId: method.id, pairIds: ids };
}

/** Starts the comparison, or goes on with the newest one where it has these very pairs, and waits until all of it is drawn. */
export async function repairPairs(
  owner: MemberContext,
  { baselineRevisionId, methodRevisionId, pairIds }: RepairPlan,
  report: Report,
): Promise<Repaired> {
  const { db, member } = owner;
  const asked = { baselineRevisionId, methodRevisionIds: [methodRevisionId], pairIds };
  if (!(await patiently(() => isNewest(owner, pairIds)))) {
    await patiently(() => startRepair(owner, asked));
  }
  const repair = await patiently(() => findRepair(db, member.projectId, undefined));
  if (!repair) throw new Error("The comparison's row is gone");
  await untilDrawn(owner, { pairIds, purpose: "repair" }, report);
  // The baseline draws anew as well: fresh seeds alone bring some pairs out of Level 5.
  const wanted = pairIds.length * 2;
  return { number: repair.number, seedSetId: repair.seedSetId, wanted };
}

async function isNewest(
  { db, member }: MemberContext,
  pairIds: readonly string[],
): Promise<boolean> {
  const newest = await findRepair(db, member.projectId, undefined);
  if (!newest) return false;
  const compared = new Set((await readComparedPairs(db, newest)).map(({ pairId }) => pairId));
  return compared.size === pairIds.length && pairIds.every((id) => compared.has(id));
}
