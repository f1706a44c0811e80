import { linkSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { type Browser, type BrowserContext, type CDPSession, chromium } from "@playwright/test";
import { connect, type Db } from "@/db/client";
import { accounts, memberships } from "@/db/schema";
import { hashPassword } from "@/server/auth/hash-password";
import { renditionsFolder } from "@/server/storage/home";
import { makeRendition } from "@/server/storage/renditions";
import { cloneGrids } from "@/tests/support/make/clone-grids";
import { type MadeGrid, makeGrid } from "@/tests/support/make/grid";
import { makeProject } from "@/tests/support/make/project";
import { type Instance, removeHome, startInstance } from "@/tests/support/start-instance";
import { makePhotographs } from "./photographs";

const IMAGES = 20;
const RATER = { name: "Rater", mail: "rater@example.org", password: "a quick brown benchmark" };

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** The built product with grids of photographs that wait for one rater, and a browser for them. */
export async function openStage({ grids: count }: { grids: number }) {
  const instance = await startInstance();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
  async function close() {
    await browser.close();
    await instance.stop();
    removeHome(instance.home);
  }
  try {
    const filled = await fill(instance, count);
    const cookies = await signIn(browser, instance);
    return {
      ...filled,
      browser,
      url: instance.url,
      /** A browser without a cache, signed in as the rater. */
      newContext: () => newContext(browser, cookies),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function fill(instance: Instance, count: number) {
  process.env.TEACUP_HOME = instance.home;
  const { db, close } = connect(instance.databaseUrl, { max: 2 });
  try {
    const { id: projectId, slug } = await makeProject(db);
    await addRater(db, projectId);
    const photographs = await makePhotographs(IMAGES);
    const made = { projectId, withFiles: true, pictures: photographs };
    const first = await makeGrid(db, made);
    const grids = [first, ...(await cloneGrids(db, first, count - 1, { withOwnImages: true }))];
    await makeRenditions(grids, photographs);
    return { slug, grids, photographs };
  } finally {
    await close();
  }
}

async function addRater(db: Db, projectId: string) {
  const { password, ...rater } = RATER;
  const [account] = await db
    .insert(accounts)
    .values({ ...rater, passwordHash: await hashPassword(password) })
    .returning({ id: accounts.id });
  if (!account) throw new Error("The rater was not stored");
  await db.insert(memberships).values({ projectId, accountId: account.id, role: "expert" });
}

/** As the worker does long before a rater comes; images of the same picture share one file. */
async function makeRenditions(grids: readonly MadeGrid[], photographs: { sha256: string }[]) {
  const [first, ...others] = grids;
  for (const [place, { sha256 }] of photographs.entries()) {
    for (const width of [320, 640] as const) {
      const original = first?.imageIds[place] ?? "";
      await makeRendition({ id: original, sha256 }, width);
      for (const { imageIds } of others) {
        const file = renditionFile(imageIds[place] ?? "", width);
        mkdirSync(dirname(file), { recursive: true });
        linkSync(renditionFile(original, width), file);
      }
    }
  }
}

const renditionFile = (imageId: string, width: number) =>
  join(renditionsFolder(), imageId.slice(-2), `${imageId}-${width}.webp`);

type Cookies = Awaited<ReturnType<BrowserContext["cookies"]>>;

async function signIn(browser: Browser, { url }: Instance): Promise<Cookies> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${url}/sign-in`);
  await page.getByLabel("Mail").fill(RATER.mail);
  await page.getByLabel("Password").fill(RATER.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((address) => address.pathname !== "/sign-in");
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}

async function newContext(browser: Browser, cookies: Cookies): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  await context.addCookies(cookies);
  await context.addInitScript({ path: join(import.meta.dirname, "watch-room.js") });
  return context;
}

export type Network = { rttMs: number; mbit: number | null };

/** Every answer comes so much later, and no faster than that many megabits a second. */
export async function emulate(session: CDPSession, { rttMs, mbit }: Network) {
  const throughput = mbit === null ? -1 : (mbit * 1_000_000) / 8;
  await session.send("Network.enable");
  await session.send("Network.emulateNetworkConditions", {
    offline: false,
    latency: rttMs,
    downloadThroughput: throughput,
    uploadThroughput: throughput,
  });
}
