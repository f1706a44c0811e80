import { chromium } from "@playwright/test";
import { connect } from "@/db/client";
import { accounts } from "@/db/schema";
import { hashPassword } from "@/server/auth/hash-password";
import { listPairs } from "@/server/mining/list-pairs";
import { projectBoard } from "@/server/project/project-board";
import type { MemberContext } from "@/server/trpc/context";
import { fillProject } from "@/tests/support/fill-project";
import { removeHome, startInstance } from "@/tests/support/start-instance";

// `npm run bench:pages`: the board and the pairs page of a project with 10^5 pairs beside those of one with
// 10^3, in milliseconds until the whole page has arrived, and the queries behind them alone.
const SMALL = 1_000;
const LARGE = 100_000;
const BLOCKS = 60;
// The first ones compile, fill caches and open connections.
const WARM = 10;
const READER = { name: "Reader", mail: "reader@example.org", password: "a long benchmark word" };

type Task = () => Promise<unknown>;

const instance = await startInstance();
const { db, close } = connect(instance.databaseUrl, { max: 12 });
try {
  const accountId = await addReader();
  const small = await fillProject(instance.databaseUrl, { accountId, pairs: SMALL });
  const large = await fillProject(instance.databaseUrl, { accountId, pairs: LARGE });
  const cookie = await signIn();
  const page = (path: string) => async () => {
    const answer = await fetch(`${instance.url}${path}`, { headers: { cookie } });
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}`);
    await answer.text();
  };
  const context = ({ projectId, slug }: typeof small): MemberContext => ({
    db,
    viewer: { accountId, name: READER.name, mail: READER.mail, isAdmin: false },
    member: { projectId, slug, role: "owner" },
  });
  console.log(
    JSON.stringify(
      {
        pairs: { small: SMALL, large: LARGE },
        samples: (BLOCKS - WARM) * 2,
        boardPage: await compare(page(`/p/${small.slug}`), page(`/p/${large.slug}`)),
        pairsPage: await compare(page(`/p/${small.slug}/pairs`), page(`/p/${large.slug}/pairs`)),
        boardQuery: await compare(
          () => projectBoard(context(small)),
          () => projectBoard(context(large)),
        ),
        pairsQuery: await compare(
          () => listPairs(context(small), {}),
          () => listPairs(context(large), {}),
        ),
      },
      null,
      2,
    ),
  );
} finally {
  await close();
  await instance.stop();
  removeHome(instance.home);
}

/** ABBA, so that a slow moment of the machine falls on both; the control is the first half of A beside the second. */
async function compare(a: Task, b: Task) {
  const ofA: number[] = [];
  const ofB: number[] = [];
  for (let block = 0; block < BLOCKS; block += 1) {
    const times = [await time(a), await time(b), await time(b), await time(a)] as const;
    if (block < WARM) continue;
    ofA.push(times[0], times[3]);
    ofB.push(times[1], times[2]);
  }
  const every = (start: number) => ofA.filter((_, index) => index % 2 === start);
  return {
    small: quantiles(ofA),
    large: quantiles(ofB),
    p50Ratio: rounded(at(ofB, 0.5) / at(ofA, 0.5)),
    p95Ratio: rounded(at(ofB, 0.95) / at(ofA, 0.95)),
    controlP95Ratio: rounded(at(every(1), 0.95) / at(every(0), 0.95)),
  };
}

async function time(task: Task): Promise<number> {
  const startedAt = performance.now();
  await task();
  return performance.now() - startedAt;
}

function at(times: readonly number[], share: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN;
}

function quantiles(times: readonly number[]) {
  return { p50: rounded(at(times, 0.5)), p95: rounded(at(times, 0.95)) };
}

function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}

async function addReader(): Promise<string> {
  const { password, ...reader } = READER;
  const [account] = await db
    .insert(accounts)
    .values({ ...reader, passwordHash: await hashPassword(password) })
    .returning({ id: accounts.id });
  if (!account) throw new Error("The reader was not stored");
  return account.id;
}

async function signIn(): Promise<string> {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
  const page = await browser.newPage();
  await page.goto(`${instance.url}/sign-in`);
  await page.getByLabel("Mail").fill(READER.mail);
  await page.getByLabel("Password").fill(READER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((url) => url.pathname !== "/sign-in");
  const cookies = await page.context().cookies();
  await browser.close();
  return cookies.map(({ name, value }) => `${name}=${value}`).join("; ");
}
