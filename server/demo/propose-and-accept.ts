import { setTimeout as wait } from "node:timers/promises";
import { and, asc, eq } from "drizzle-orm";
import { batches, pairs, patterns } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { decidePair } from "@/server/mining/decide-pair";
import { requestBatch } from "@/server/mining/request-batch";
import type { MemberContext } from "@/server/trpc/context";
import { patiently } from "./patiently";
import type { Report } from "./progress";

const POLL_MS = 250;
const MOST_BATCHES = 12;

/**
 * Half of the pairs come with the example, the others from the proposer; returns the ids of all that are accepted.
 * A proposer that has run dry leaves fewer, and the demo goes on with those.
 */
export async function proposeAndAccept(
  owner: MemberContext,
  wanted: number,
  report: Report,
): Promise<string[]> {
  const fromProposer = Math.ceil(wanted / 2);
  for (let turn = 0; turn < MOST_BATCHES; turn += 1) {
    await acceptProposed(owner, fromProposer, report);
    const missing = fromProposer - (await accepted(owner, "llm")).length;
    if (missing <= 0) break;
    await proposeFor(owner, turn, missing);
  }
  await acceptProposed(owner, fromProposer, report);
  const proposed = (await accepted(owner, "llm")).slice(0, fromProposer);
  const typed = (await accepted(owner, "human")).slice(0, wanted - proposed.length);
  return [...proposed, ...typed];
}

async function acceptProposed(owner: MemberContext, most: number, report: Report) {
  const have = await accepted(owner, "llm");
  report(Math.min(have.length, most), most);
  const open = await patiently(() =>
    owner.db
      .select({ id: pairs.id })
      .from(pairs)
      .where(and(eq(pairs.projectId, owner.member.projectId), eq(pairs.state, "proposed")))
      .orderBy(asc(pairs.id))
      .limit(Math.max(0, most - have.length)),
  );
  for (const [index, { id }] of open.entries()) {
    await patiently(() => decidePair(owner, { pairId: id, decision: "accept" }));
    report(have.length + index + 1, most);
  }
}

function accepted({ db, member }: MemberContext, origin: "llm" | "human"): Promise<string[]> {
  return patiently(async () => {
    const found = await db
      .select({ id: pairs.id })
      .from(pairs)
      .where(
        and(
          eq(pairs.projectId, member.projectId),
          eq(pairs.state, "accepted"),
          eq(pairs.origin, origin),
        ),
      )
      .orderBy(asc(pairs.id));
    return found.map((pair) => pair.id);
  });
}

async function proposeFor(owner: MemberContext, turn: number, missing: number) {
  const { db, member } = owner;
  const approved = await patiently(() =>
    db
      .select({ id: patterns.id })
      .from(patterns)
      .where(and(eq(patterns.projectId, member.projectId), eq(patterns.state, "approved")))
      .orderBy(asc(patterns.id)),
  );
  const pattern = approved[turn % approved.length];
  if (!pattern) throw new Error("The demo's project has no pattern");
  // Each pattern gives its share, and a few more than needed: some will repeat what is there.
  const n = Math.min(100, Math.ceil(missing / approved.length) + 2);
  const { batchId } = await patiently(() => requestBatch(owner, { patternId: pattern.id, n }));
  await untilDone(owner, batchId);
}

/** A batch that an earlier, cut-off demo asked for counts as well: it is finished or waited for here. */
async function untilDone({ db, member }: MemberContext, batchId: string) {
  for (;;) {
    const [batch] = await patiently(() =>
      db
        .select({ state: batches.state, reason: batches.reason })
        .from(batches)
        .where(and(eq(batches.id, batchId), eq(batches.projectId, member.projectId))),
    );
    if (batch?.state === "waiting") {
      throw new AppError("CONFLICT", `The proposer could not be used: ${batch.reason}`);
    }
    if (batch?.state !== "queued" && batch?.state !== "running") return;
    await wait(POLL_MS);
  }
}
