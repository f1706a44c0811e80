import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { connect, type Db } from "@/db/client";
import { comeBackOnline } from "./browserless-window";
import { compareAcknowledged } from "./compare-acknowledged";
import { type HttpRater, openHttpRater } from "./http-rater";
import { killProcess } from "./kill-during-demo";
import { openStage } from "./rating-stage";
import type { Instance } from "./start-instance";

const RATERS = 8;
const CELLS = 20;
const ASK_AGAIN_MS = 200;

type Options = { grids: number; kills: number };

/**
 * Raters judge whole grids over HTTP while the web application is killed again and again, each time after as many
 * acknowledged verdicts. Answers how many were acknowledged, and in words what is wrong in the database.
 */
export async function killDuringRating(instance: Instance, { grids, kills }: Options) {
  knowInstance(instance);
  const { db, close } = connect(instance.databaseUrl, { max: 4 });
  const { projectId, raters } = await openRaters(db, instance.url, grids);
  try {
    const acknowledged = () => raters.reduce((sum, { verdicts }) => sum + verdicts.length, 0);
    const rating = new AbortController();
    const [killed] = await Promise.all([
      killByProgress(instance, {
        kills,
        every: (grids * CELLS) / (kills + 1),
        acknowledged,
        rating,
      }),
      Promise.all(raters.map(rateAll)).finally(() => rating.abort()),
    ]);
    const told = {
      verdicts: raters.flatMap(({ verdicts }) => verdicts),
      submitted: raters.flatMap(({ submitted }) => submitted),
    };
    const wrong = await compareAcknowledged(db, projectId, told);
    const stuck = raters.flatMap(({ status }) => status().refused.map(({ reason }) => reason));
    const again = raters.reduce((sum, { failures }) => sum + failures.length, 0);
    return { killed, acknowledged: acknowledged(), again, wrong: [...wrong, ...stuck] };
  } finally {
    await Promise.all(raters.map((rater) => rater.close()));
    await close();
  }
}

/** The instance's own secret signs the raters' cookies. */
function knowInstance({ home, url, databaseUrl }: Instance) {
  const { authSecret } = JSON.parse(readFileSync(join(home, "secrets.json"), "utf8"));
  const known = { AUTH_SECRET: authSecret, APP_URL: url, DATABASE_URL: databaseUrl };
  Object.assign(process.env, known, { TEACUP_HOME: home });
}

async function openRaters(db: Db, url: string, grids: number) {
  const { projectId, rater } = await openStage(db, { grids });
  const raters: HttpRater[] = [];
  for (let nth = 0; nth < RATERS; nth += 1) raters.push(await openHttpRater(url, await rater()));
  return { projectId, raters };
}

async function rateAll(rater: HttpRater): Promise<void> {
  for (;;) {
    const view = await askUntilAnswered(rater);
    if (!view) return;
    if ("refused" in view) throw new Error(view.refused);
    rater.rate(view);
    await rater.whenSent();
    if (rater.status().pending > 0) throw new Error(`Stuck: ${JSON.stringify(rater.status())}`);
  }
}

// A screen offers to try again; the queue hands out the same grid then.
async function askUntilAnswered(rater: HttpRater) {
  for (;;) {
    try {
      return await rater.next();
    } catch (error) {
      if (!isAway(error)) throw error;
      await wait(ASK_AGAIN_MS);
    }
  }
}

type Killing = {
  kills: number;
  every: number;
  acknowledged: () => number;
  rating: AbortController;
};

async function killByProgress(
  instance: Instance,
  { kills, every, acknowledged, rating }: Killing,
): Promise<number> {
  for (let killed = 0; killed < kills; killed += 1) {
    while (acknowledged() < every * (killed + 1)) {
      if (rating.signal.aborted) return killed;
      await wait(5);
    }
    await killProcess(instance, "web");
    await untilAnswering(instance.url);
    comeBackOnline();
  }
  return kills;
}

async function untilAnswering(url: string): Promise<void> {
  for (;;) {
    try {
      if ((await fetch(`${url}/api/health`)).ok) return;
    } catch (error) {
      if (!isAway(error)) throw error;
    }
    await wait(ASK_AGAIN_MS);
  }
}

/** The web application is not there, or went while it answered. */
const isAway = (error: unknown) =>
  error instanceof Error && /fetch failed|terminated|socket|JSON/i.test(error.message);
