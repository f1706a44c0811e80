import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Browser, Page } from "@playwright/test";
import { freePort } from "@/db/embedded/free-port.mjs";
import type { Picture } from "@/tests/support/make/grid";
import { emulate, type Network } from "./open-stage";

// Label Studio with its own defaults (SQLite, one process), one image a task, choices by hotkey. It is
// no package of ours: LABEL_STUDIO names the program.
const INSTALL =
  "Name Label Studio's program in LABEL_STUDIO: python3 -m venv DIR; DIR/bin/pip install label-studio==1.23.2; LABEL_STUDIO=DIR/bin/label-studio";
const CONFIG = `<View><Image name="image" value="$image"/><Choices name="verdict" toName="image"><Choice value="Correct" hotkey="1"/><Choice value="Incorrect" hotkey="2"/></Choices></View>`;
const RATER = { mail: "rater@example.org", password: "a quick brown benchmark" };
const TOKEN = "0123456789abcdef0123456789abcdef01234567";
const START_MS = 180_000;
const FILES_A_REQUEST = 20;

export type LabelStudio = Awaited<ReturnType<typeof openLabelStudio>>;

/** Its label stream over so many tasks, in the browser, the first image on the screen. */
export async function openLabelStudio(
  browser: Browser,
  photographs: readonly Picture[],
  tasks: number,
  network: Network,
) {
  const server = await startServer();
  try {
    const project = await makeProject(server.url, photographs, tasks);
    const page = await enterStream(browser, server.url, project);
    await emulate(await page.context().newCDPSession(page), network);
    return { page, close: server.close };
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function startServer() {
  const program = process.env.LABEL_STUDIO;
  if (!program) throw new Error(INSTALL);
  const home = mkdtempSync(join(tmpdir(), "teacup-label-studio-"));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const child = spawn(
    program,
    [
      ...["start", "--no-browser", "--port", `${port}`, "--internal-host", "127.0.0.1"],
      ...["--username", RATER.mail, "--password", RATER.password],
      ...["--user-token", TOKEN, "--enable-legacy-api-token", "--data-dir", home],
    ],
    { stdio: "ignore" },
  );
  const ended = once(child, "exit");
  async function close() {
    child.kill();
    await ended;
    rmSync(home, { recursive: true, force: true });
  }
  const until = performance.now() + START_MS;
  while (!(await isUp(url))) {
    if (child.exitCode !== null || performance.now() > until) {
      await close();
      throw new Error("Label Studio did not start");
    }
    await wait(500);
  }
  return { url, close };
}

const isUp = (url: string) =>
  fetch(`${url}/health`).then(
    ({ ok }) => ok,
    () => false,
  );

async function makeProject(url: string, photographs: readonly Picture[], tasks: number) {
  const { id } = (await post(`${url}/api/projects/`, {
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ title: "bench", label_config: CONFIG }),
  })) as { id: number };
  for (let first = 0; first < tasks; first += FILES_A_REQUEST) {
    const form = new FormData();
    for (let at = first; at < Math.min(tasks, first + FILES_A_REQUEST); at += 1) {
      const { png } = photographs[at % photographs.length] as Picture;
      form.append(`${at}`, new Blob([new Uint8Array(png)], { type: "image/png" }), `${at}.png`);
    }
    await post(`${url}/api/projects/${id}/import?commit_to_project=true`, { body: form });
  }
  return id;
}

async function post(address: string, { headers = {}, body }: RequestInit): Promise<unknown> {
  const answer = await fetch(address, {
    method: "POST",
    headers: { ...headers, Authorization: `Token ${TOKEN}` },
    body,
  });
  if (!answer.ok) throw new Error(`${address}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function enterStream(browser: Browser, url: string, project: number): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 720 } });
  await context.addInitScript({ path: join(import.meta.dirname, "watch-stream.js") });
  const page = await context.newPage();
  await page.goto(`${url}/user/login/`);
  await page.locator("input[name=email]").fill(RATER.mail);
  await page.locator("input[name=password]").fill(RATER.password);
  await page.locator("button[type=submit]").click();
  await page.waitForURL((address) => !address.pathname.startsWith("/user/login"));
  await page.goto(`${url}/projects/${project}/data?labeling=1`);
  await page.waitForFunction(() => window.stream.image() !== null);
  return page;
}

/** A look, a verdict and the submit key for so many tasks: milliseconds until the next image was painted. */
export async function rateTasks(
  { page }: Pick<LabelStudio, "page">,
  tasks: number,
  lookMs: number,
) {
  const before = await page.evaluate(() => window.stream.submits.length);
  for (let task = 0; task < tasks; task += 1) {
    await wait(lookMs);
    await page.keyboard.press("1");
    await page.keyboard.press("Control+Enter");
    await page.waitForFunction((seen) => window.stream.submits.length > seen, before + task);
  }
  return page.evaluate((seen) => window.stream.submits.slice(seen), before);
}

declare global {
  interface Window {
    stream: { submits: number[]; image: () => HTMLImageElement | null };
  }
}
