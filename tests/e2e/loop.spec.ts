import type { Page } from "@playwright/test";
import { test as base, expect } from "@/tests/support/e2e";
import { type FakeLlm, startFakeLlm } from "@/tests/support/fake-llm";
import { worldAnswers } from "@/tests/support/world-answers";

/** An LLM over HTTP that an admin sets up in the browser, and takes away again. */
const test = base.extend<{ llm: FakeLlm }>({
  llm: async ({ page }, use) => {
    const llm = await startFakeLlm();
    llm.script(worldAnswers());
    await page.goto("/settings/llm", { waitUntil: "networkidle" });
    await page.getByLabel("Base URL").fill(llm.baseUrl);
    await page.getByLabel("Model").fill("scripted");
    await page.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("scripted").first()).toBeVisible();
    await use(llm);
    await page.goto("/settings/llm", { waitUntil: "networkidle" });
    await page.getByRole("button", { name: /^Remove/ }).click();
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /^Remove/ })
      .click();
    await expect(page.getByText("Offline proposer").first()).toBeVisible();
    await llm.close();
  },
});
test.setTimeout(240_000);

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });
const link = (page: Page, name: string | RegExp) => page.getByRole("link", { name });
const phase = (page: Page, number: number) =>
  page.getByRole("region", { name: new RegExp(`^Phase ${number}:`) });
const board = (page: Page, slug: string) => page.goto(`/p/${slug}`, { waitUntil: "networkidle" });

/** Accepts so many of the proposals that wait, by keyboard, and rejects the rest. */
async function review(page: Page, slug: string, accepted: number) {
  await page.goto(`/p/${slug}/pairs?view=review`, { waitUntil: "networkidle" });
  const left = page.getByRole("heading", { name: /^\d+ of \d+$/ });
  await expect(left).toBeVisible();
  const total = Number(/of (\d+)/.exec((await left.textContent()) ?? "")?.[1]);
  for (let index = 0; index < total; index += 1) {
    if (index < accepted) await page.keyboard.press("a");
    else {
      await page.keyboard.press("x");
      await page.keyboard.press("3");
    }
  }
  await expect(page.getByText("Saved").first()).toBeVisible();
}

/** Has so many pairs drawn, once the prompts of all are written, then rates every grid: all 20 incorrect. */
async function renderAndRate(page: Page, slug: string, pairs: number) {
  await board(page, slug);
  await phase(page, 2)
    .getByRole("button", { name: `Render ${pairs} pairs` })
    .click({ timeout: 60_000 });
  await page.waitForURL(/\/runs\/\d+$/);
  await expect(page.getByRole("heading", { name: `on ${pairs} pairs` })).toBeVisible();
  await expect(async () => {
    await board(page, slug);
    await expect(link(page, `${pairs} grids to rate`)).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 120_000 });
  await page.goto(`/rate?project=${slug}`, { waitUntil: "networkidle" });
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/rate\/[0-9a-f-]{36}$/);
  await rateAll(page, pairs);
}

const ALL = [..."12345qwertasdfgzxcvb"];

/** So many grids, one after the other. A key rests while its image is loading, so open cells are asked for again. */
async function rateAll(page: Page, grids: number) {
  const cells = page.getByRole("gridcell");
  const open = page.getByRole("gridcell", { name: /unrated$/ });
  for (let left = grids; left > 0; left -= 1) {
    await expect(open).toHaveCount(ALL.length, { timeout: 30_000 });
    await expect(async () => {
      const names = await cells.evaluateAll((all) => all.map((cell) => cell.ariaLabel ?? ""));
      for (const [index, key] of ALL.entries())
        if (names[index]?.endsWith("unrated")) await page.keyboard.press(key);
      await expect(open).toHaveCount(0, { timeout: 1_000 });
    }).toPass();
    await page.keyboard.press("Enter");
  }
  await expect(page.getByRole("gridcell")).toHaveCount(0);
  // Keys this fast outrun the browser's store; who leaves before is asked, and a test says yes at once.
  await expect(page.getByText("Saved", { exact: true })).toBeVisible({ timeout: 30_000 });
}

/** Most of the example's seeds are put aside, so that few grids are left to rate. */
async function setSeedsAside(page: Page, project: string) {
  const call = async (procedure: string, input: object) => {
    const data = { json: { project, ...input } };
    const headers = { origin: new URL(page.url()).origin };
    const answer = await page.request.post(`/api/trpc/mining.${procedure}`, { data, headers });
    expect(answer.ok(), await answer.text()).toBe(true);
  };
  const input = encodeURIComponent(JSON.stringify({ json: { project } }));
  const listed = await page.request.get(`/api/trpc/mining.listPairs?input=${input}`);
  const { pairs } = (await listed.json()).result.data.json as { pairs: { id: string }[] };
  for (const { id: pairId } of pairs.slice(2))
    await call("decidePair", { pairId, decision: "set_aside" });
}

/** The LLM has answered: the first of the patterns that wait is opened and approved. */
async function approveFirst(page: Page) {
  const decide = link(page, /^Decide/).first();
  await expect(decide).toBeVisible({ timeout: 30_000 });
  await decide.click();
  await expect(button(page, /^Approve/)).toBeVisible();
  await page.keyboard.press("a");
  await expect(page.getByText(/^Pattern approved/).first()).toBeVisible();
}

test("from the example's seeds through a new pattern to a rated pair of a crossed one, in the browser alone", async ({
  page,
  llm,
}) => {
  await page.goto("/", { waitUntil: "networkidle" });
  await button(page, /example/i)
    .first()
    .click();
  await page.waitForURL(/\/p\/[^/]+$/);
  const slug = new URL(page.url()).pathname.split("/")[2]!;
  await setSeedsAside(page, slug);

  await test.step("phase 2: propose, review, draw, rate", async () => {
    await page.goto(`/p/${slug}/patterns`, { waitUntil: "networkidle" });
    await button(page, /^Propose pairs/)
      .first()
      .click();
    await page.getByRole("dialog").getByLabel("How many").fill("3");
    await button(page, "Propose 3 pairs").click();
    await expect.poll(() => llm.asked.length).toBeGreaterThan(0);
    await review(page, slug, 2);
  });

  await test.step("phase 3: a person opens it, asks, approves", async () => {
    await board(page, slug);
    await phase(page, 3).getByRole("button", { name: "Ask for new patterns" }).click();
    await page.getByRole("dialog").getByLabel("How many").fill("1");
    await button(page, /^Ask for 1 pattern/).click();
    await approveFirst(page);
    await review(page, slug, 2);
  });

  await test.step("phase 4: two patterns are crossed", async () => {
    await board(page, slug);
    await phase(page, 4).getByRole("button", { name: "Cross two patterns" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByLabel("One").selectOption({ index: 1 });
    await dialog.getByLabel("Other").selectOption({ index: 3 });
    await dialog.getByRole("button", { name: "Cross them" }).click();
    await approveFirst(page);
    await review(page, slug, 2);
  });

  await renderAndRate(page, slug, 8);
  await board(page, slug);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("8 pairs rated", {
    timeout: 30_000,
  });
  for (const number of [2, 3, 4])
    await expect(phase(page, number).getByText(/Level 5 · 2 of 2 rated/)).toBeVisible();
});
