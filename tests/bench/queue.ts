import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { sql } from "drizzle-orm";
import { claimSeats } from "@/server/rating/claim-next-seat";
import { giveBack } from "@/server/rating/give-back";
import type { MemberContext } from "@/server/trpc/context";

import { createCaller } from "@/server/trpc/router";
import { makeMember } from "@/tests/support/make/member";
import { quantile, rounded } from "./figures";
import { intervalOfTails, judged } from "./pairs";
import { sizeOf } from "./queue-room/fill";
import { openStage, type Stage } from "./queue-room/open-stage";
import { withSafeCluster } from "./safe-cluster";

// `npm run bench:queue [-- --small 50 --large 50000 --rounds 400 --home FOLDER]`: a claim of three grids, the request for the
// next three, a rater's home and the researcher's progress page in a project of 10^3 images and 10^4 verdict events and in one
// of 10^6 and 10^7, in turn. The databases are filled once (five minutes, 7 GB) and kept in the home for the next run.
const TARGET = 1.3;
const WARM_UP = 20;
const HOLDERS = 16;
const { values } = parseArgs({
  options: {
    small: { type: "string", default: "50" },
    large: { type: "string", default: "50000" },
    rounds: { type: "string", default: "400" },
    home: { type: "string", default: join(tmpdir(), "teacup-bench-queue") },
  },
});

type Times = Record<Verb, number[]>;
type Verb = keyof typeof VERBS;
const VERBS = {
  claim: async (_: Stage, rater: MemberContext) => (await claimSeats(rater, [], 3)).sittingIds,
  nextBatch: async (_: Stage, rater: MemberContext) => {
    const asked = { project: rater.member.slug, besides: [], most: 3 };
    return (await requestOf(rater).rating.nextBatch(asked)).sittings.map(({ id }) => id);
  },
  home: async (_: Stage, rater: MemberContext) => {
    await requestOf(rater).rating.queues();
    return [];
  },
  progress: async ({ researcher }: Stage) => {
    await requestOf(researcher).rating.progress({ project: researcher.member.slug });
    return [];
  },
};
/** As it comes in, with the look-up of who asks. */
const requestOf = ({ db, viewer }: MemberContext) =>
  createCaller({ db, viewer, bearerToken: null, address: null });
const names = Object.keys(VERBS) as Verb[];
const noTimes = (): Times => ({ claim: [], nextBatch: [], home: [], progress: [] });

await withSafeCluster(values.home, async (cluster) => {
  const small = await openStage(cluster, Number(values.small));
  const large = await openStage(cluster, Number(values.large));
  try {
    for (const stage of [small, large]) await seatOthers(stage);
    report(small, large, await measure(small, large, Number(values.rounds)));
  } finally {
    await small.close();
    await large.close();
  }
});

/** While it measures, as many others sit over three grids each as on a busy day. Earlier runs leave nobody. */
async function seatOthers({ db, researcher }: Stage): Promise<void> {
  await db.execute(sql`update sitting set state = 'given_back' where state = 'live'`);
  await db.execute(
    sql`update seat set sitting_id = null, leased_until = null where leased_until is not null`,
  );
  const { projectId } = researcher.member;
  for (let nth = 0; nth < HOLDERS; nth += 1)
    await claimSeats(await makeMember(db, { projectId, role: "expert" }), [], 3);
  await db.execute(
    sql`update seat set leased_until = now() + interval '1 hour' where leased_until is not null`,
  );
}

/** Small, large, large, small: what drifts meets both alike. Answers four lists of times in that order. */
async function measure(small: Stage, large: Stage, rounds: number): Promise<Times[]> {
  const places = [small, large, large, small].map((stage) => ({ stage, times: noTimes() }));
  for (let round = 0; round < rounds + WARM_UP; round += 1)
    for (const { stage, times } of places) {
      const taken = await turn(stage, round);
      if (round >= WARM_UP) for (const verb of names) times[verb].push(taken[verb]);
    }
  return places.map(({ times }) => times);
}

/** Each verb once, by the next rater; what was handed out is given back each time. */
async function turn(stage: Stage, round: number): Promise<Record<Verb, number>> {
  const rater = stage.raters[round % stage.raters.length];
  if (!rater) throw new Error("Nobody rates here");
  const taken = { claim: 0, nextBatch: 0, home: 0, progress: 0 };
  for (const verb of names) {
    const startedAt = performance.now();
    const sittingIds = await VERBS[verb](stage, rater);
    taken[verb] = performance.now() - startedAt;
    for (const sittingId of sittingIds) await giveBack(rater, { sittingId });
  }
  return taken;
}

function report(small: Stage, large: Stage, times: Times[]): void {
  const sizes = { small: sizeOf(small.grids), large: sizeOf(large.grids) };
  for (const verb of names) {
    const [first = [], second = [], third = [], fourth = []] = times.map((one) => one[verb]);
    const [few, many] = [
      [...first, ...fourth],
      [...second, ...third],
    ];
    const ratio = intervalOfTails(many, few);
    console.log(
      JSON.stringify({
        measure: `${verb}, p95 at large / at small`,
        sizes,
        p50Ms: { small: rounded(quantile(few, 0.5), 2), large: rounded(quantile(many, 0.5), 2) },
        p95Ms: { small: rounded(quantile(few, 0.95), 2), large: rounded(quantile(many, 0.95), 2) },
        ...ratio,
        target: `<= ${TARGET}`,
        ...judged(ratio.high <= TARGET, intervalOfTails(first, fourth).ratio),
      }),
    );
  }
}
