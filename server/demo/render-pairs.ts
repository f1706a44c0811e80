import { setTimeout as wait } from "node:timers/promises";
import { and, count, eq, inArray, ne } from "drizzle-orm";
import { images, renders, runRenders, runs } from "@/db/schema";
import { retryFailed } from "@/server/generation/retry-renders";
import { startRun } from "@/server/generation/start-run";
import type { MemberContext } from "@/server/trpc/context";
import { patiently } from "./patiently";
import type { Report } from "./progress";

const POLL_MS = 300;
const MOST_RETRIES = 2;

export type Rendered = { renders: number; images: number; failed: number; wholePairs: string[] };

/** Starts the run (or finds the one that has these pairs) and waits until a bridge has drawn all of it. */
export async function renderPairs(
  owner: MemberContext,
  pairIds: readonly string[],
  report: Report,
): Promise<Rendered> {
  await patiently(() => startRun(owner, { pairIds: [...pairIds] }));
  return untilDrawn(owner, { pairIds, purpose: "mining" }, report);
}

type Wanted = { pairIds: readonly string[]; purpose: "mining" | "repair" };

/** Waits for all that was ever asked of these pairs for this purpose; what failed is tried again. */
export async function untilDrawn(
  owner: MemberContext,
  wanted: Wanted,
  report: Report,
): Promise<Rendered> {
  for (let retries = 0; ; retries += 1) {
    const settled = await untilSettled(owner, wanted, report);
    const done = settled.filter((render) => render.state === "done");
    const failed = settled.length - done.length;
    if (failed === 0 || retries === MOST_RETRIES) {
      return {
        renders: done.length,
        images: await countImages(owner, done),
        failed,
        wholePairs: wanted.pairIds.filter((id) => isWhole(settled, id)),
      };
    }
    // Five failures in a row end a render; one whose processes were killed meanwhile deserves another try.
    for (const number of new Set(settled.map((render) => render.run))) {
      await patiently(() => retryFailed(owner, { number }));
    }
  }
}

type Asked = Awaited<ReturnType<typeof findAsked>>;

async function untilSettled(owner: MemberContext, wanted: Wanted, report: Report) {
  for (;;) {
    const asked = await patiently(() => findAsked(owner, wanted));
    const open = asked.filter(({ state }) => state === "queued" || state === "leased");
    report(asked.length - open.length, asked.length);
    if (open.length === 0) return asked;
    await wait(POLL_MS);
  }
}

const findAsked = ({ db, member }: MemberContext, { pairIds, purpose }: Wanted) =>
  db
    .selectDistinctOn([renders.id], {
      id: renders.id,
      state: renders.state,
      pairId: runRenders.pairId,
      run: runs.number,
    })
    .from(runRenders)
    .innerJoin(renders, eq(renders.id, runRenders.renderId))
    .innerJoin(runs, eq(runs.id, runRenders.runId))
    .where(
      and(
        eq(runs.projectId, member.projectId),
        eq(runs.purpose, purpose),
        ne(runs.state, "cancelled"),
        inArray(runRenders.pairId, [...pairIds]),
      ),
    )
    .orderBy(renders.id);

const isWhole = (asked: Asked, pairId: string): boolean =>
  asked.filter((render) => render.pairId === pairId).every((render) => render.state === "done");

function countImages({ db }: MemberContext, done: Asked): Promise<number> {
  return patiently(async () => {
    const [row] = await db
      .select({ images: count() })
      .from(images)
      .where(
        inArray(
          images.renderId,
          done.map((render) => render.id),
        ),
      );
    return row?.images ?? 0;
  });
}
