import { setTimeout as wait } from "node:timers/promises";
import { and, asc, eq, inArray, isNotNull, sql } from "drizzle-orm";
import { images, judgeTasks, renders, runRenders, runs } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { listScoreEndpoints } from "@/server/scoring/list-score-endpoints";
import { startScoring } from "@/server/scoring/start-scoring";
import type { MemberContext } from "@/server/trpc/context";
import { patiently } from "./patiently";
import type { Report } from "./progress";

/** The scorer whose verdicts the simulated rater gives. */
export const JUDGE = "oracle";

const POLL_MS = 250;
const MOST_RETRIES = 2;

/**
 * Has the oracle look at every image of the project whose own record does not say what it shows, and waits for it; returns how many
 * there are. What it was asked before is not asked again.
 */
export async function judgeImages(owner: MemberContext, report: Report): Promise<number> {
  const asked = await patiently(() => rendersToJudge(owner));
  if (asked.length === 0) return 0;
  const endpoint = await patiently(() => judgingEndpoint(owner));
  for (let retries = 0; ; retries += 1) {
    for (const number of new Set(asked.map(({ run }) => run))) {
      const of = { kind: "run" as const, number };
      await patiently(() => startScoring(owner, { of, endpoint, scorers: [JUDGE] }));
    }
    const failed = await untilJudged(owner, endpoint, report);
    if (failed === null) return patiently(() => countImages(owner, asked));
    if (retries === MOST_RETRIES) throw new AppError("CONFLICT", `The oracle failed: ${failed}`);
  }
}

type Asked = Awaited<ReturnType<typeof rendersToJudge>>;

const rendersToJudge = ({ db, member }: MemberContext) =>
  db
    .selectDistinct({ renderId: renders.id, run: runs.number })
    .from(runRenders)
    .innerJoin(renders, eq(renders.id, runRenders.renderId))
    .innerJoin(runs, eq(runs.id, runRenders.runId))
    .where(
      and(
        eq(runs.projectId, member.projectId),
        eq(renders.state, "done"),
        isNotNull(runRenders.pairId),
        // The Sketch simulator tells what it drew.
        sql`not coalesce(${renders.trace} ? 'scenes', false)`,
      ),
    )
    .orderBy(asc(runs.number));

async function judgingEndpoint({ db }: MemberContext): Promise<string> {
  const serving = (await listScoreEndpoints(db)).filter(({ scorers }) => scorers.includes(JUDGE));
  const found = serving.find(({ isThere }) => isThere) ?? serving[0];
  if (found) return found.name;
  throw new AppError(
    "CONFLICT",
    `No bridge serves a scorer "${JUDGE}", which says what these images show: look at Settings, Bridges.`,
  );
}

/** null: all of it is judged; else why a part failed. */
async function untilJudged(
  { db, member }: MemberContext,
  endpoint: string,
  report: Report,
): Promise<string | null> {
  for (;;) {
    const tasks = await patiently(() =>
      db
        .select({ state: judgeTasks.state, reason: judgeTasks.reason })
        .from(judgeTasks)
        .where(
          and(eq(judgeTasks.projectId, member.projectId), eq(judgeTasks.endpointName, endpoint)),
        ),
    );
    const open = tasks.filter(({ state }) => state === "queued" || state === "leased");
    report(tasks.length - open.length, tasks.length);
    if (open.length === 0) return tasks.find(({ state }) => state === "failed")?.reason ?? null;
    await wait(POLL_MS);
  }
}

const countImages = ({ db }: MemberContext, asked: Asked) =>
  db.$count(
    images,
    inArray(
      images.renderId,
      asked.map(({ renderId }) => renderId),
    ),
  );
