import { setTimeout as wait } from "node:timers/promises";
import { and, eq, inArray } from "drizzle-orm";
import { inquiries, methodInputs } from "@/db/schema";
import { requestAboutPair } from "@/server/mining/request-about-pair";
import type { MemberContext } from "@/server/trpc/context";
import { patiently } from "./patiently";
import type { Report } from "./progress";

const POLL_MS = 250;
const PURPOSE = "drawing_order";

/** Asks the proposer which concept of each pair is drawn first, which MoCE needs; returns of how many pairs it is known. */
export async function askOrders(
  owner: MemberContext,
  pairIds: readonly string[],
  report: Report,
): Promise<number> {
  const known = new Set(await patiently(() => pairsWithOrder(owner, pairIds)));
  for (const pairId of pairIds.filter((id) => !known.has(id)))
    await patiently(() => requestAboutPair(owner, { pairId, purpose: PURPOSE }));
  for (;;) {
    const open = await patiently(() => countOpen(owner, pairIds));
    report(pairIds.length - open, pairIds.length);
    if (open === 0) return (await patiently(() => pairsWithOrder(owner, pairIds))).length;
    await wait(POLL_MS);
  }
}

async function pairsWithOrder(
  { db, member: { projectId } }: MemberContext,
  pairIds: readonly string[],
): Promise<string[]> {
  const said = await db
    .selectDistinct({ pairId: methodInputs.pairId })
    .from(methodInputs)
    .where(
      and(
        eq(methodInputs.projectId, projectId),
        eq(methodInputs.kind, "moce_order"),
        inArray(methodInputs.pairId, [...pairIds]),
      ),
    );
  return said.map(({ pairId }) => pairId);
}

const countOpen = ({ db, member: { projectId } }: MemberContext, pairIds: readonly string[]) =>
  db.$count(
    inquiries,
    and(
      eq(inquiries.projectId, projectId),
      eq(inquiries.purpose, PURPOSE),
      inArray(inquiries.pairId, [...pairIds]),
      inArray(inquiries.state, ["queued", "running"]),
    ),
  );
