import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { eq } from "drizzle-orm";
import { connect } from "@/db/client";
import { accounts, memberships, pairs, patterns, projects } from "@/db/schema";
import { test as base, expect } from "@/tests/support/e2e";
import { untilAlive } from "@/tests/support/hydrated";
import { makeAccountWithPassword, PASSWORD } from "@/tests/support/make/account-with-password";
import { makeReviewQueue } from "@/tests/support/make/review-queue";

const WAITING = 1000;
type Queue = {
  slug: string;
  stateOf: (name: string) => Promise<string | undefined>;
  addResearcher: () => Promise<{ mail: string }>;
  /** What the researcher added last has chosen. */
  singleKeys: () => Promise<unknown>;
};

/** A project in which a thousand proposals wait. */
const test = base.extend<{ queue: Queue }>({
  queue: async ({ page, instance }, use) => {
    const name = `Queue ${randomUUID().slice(0, 8)}`;
    const answer = await page.request.post("/api/trpc/project.create", {
      data: { json: { name } },
      headers: { origin: instance.url },
    });
    const { slug } = (await answer.json()).result.data.json;
    const { db, close } = connect(instance.databaseUrl, { max: 1 });
    const [project] = await db.select().from(projects).where(eq(projects.slug, slug));
    const projectId = project!.id;
    const values = { projectId, name: "Things", nameKey: "things", category: "lcmis" } as const;
    const [pattern] = await db.insert(patterns).values(values).returning();
    await makeReviewQueue(db, pattern!, WAITING);
    const stateOf = async (concept: string) => {
      const rows = await db.select().from(pairs).where(eq(pairs.projectId, projectId));
      return rows.find(({ conceptA }) => conceptA === concept)?.state;
    };
    let accountId = "";
    const addResearcher = async () => {
      const { id, mail } = await makeAccountWithPassword(db, { name: "Rita Researcher" });
      accountId = id;
      await db.insert(memberships).values({ projectId, accountId, role: "researcher" });
      return { mail };
    };
    const singleKeys = async () => {
      const [account] = await db.select().from(accounts).where(eq(accounts.id, accountId));
      return (account!.preferences as { rating?: { singleKeys?: unknown } }).rating?.singleKeys;
    };
    await use({ slug, stateOf, addResearcher, singleKeys });
    await close();
  },
});

const queueOf = (page: Page) => page.getByRole("navigation", { name: "Review queue" });
const heading = (page: Page) => page.getByRole("heading", { level: 1 });

async function openQueue(page: Page, slug: string) {
  await page.goto(`/p/${slug}/pairs?view=review`);
  const accept = page.getByRole("button", { name: /^Accept/ });
  await untilAlive(accept);
  await expect(heading(page)).toContainText("thing 1 ");
}

test("of a thousand that wait, fifty are decided by keyboard, in order, and a decision is taken back", async ({
  page,
  queue,
}) => {
  await openQueue(page, queue.slug);
  // Rows out of sight are not drawn.
  expect(await queueOf(page).getByRole("button").count()).toBeLessThan(60);

  for (let at = 1; at <= 50; at += 1) {
    await page.keyboard.press(at % 5 === 0 ? "2" : "a");
    await expect(heading(page)).toContainText(`thing ${at + 1} `);
  }
  await expect(queueOf(page).getByText("50 just done")).toBeVisible();
  await page.keyboard.press("Backspace");
  await expect(heading(page)).toContainText("thing 50 ");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible({ timeout: 30_000 });

  expect(await queue.stateOf("thing 1")).toBe("accepted");
  expect(await queue.stateOf("thing 45")).toBe("rejected");
  expect(await queue.stateOf("thing 49")).toBe("accepted");
  expect(await queue.stateOf("thing 50")).toBe("proposed");

  await openPastDecided(page, queue.slug);
  await expect(queueOf(page).getByRole("heading")).toHaveText("1 of 951", { timeout: 15_000 });
});

/** After a new start of the page the queue begins where the person stopped. */
async function openPastDecided(page: Page, slug: string) {
  await page.goto(`/p/${slug}/pairs?view=review`);
  await expect(heading(page)).toContainText("thing 50 ");
}

test("a flagged pair stands beside its twin with the numbers of all three steps, and V keeps it as a variant", async ({
  page,
  queue,
}) => {
  await openQueue(page, queue.slug);
  for (let at = 1; at < 10; at += 1) await page.keyboard.press("ArrowDown");
  await expect(heading(page)).toContainText("thing 10 ");
  await expect(page.getByText("Its twin", { exact: true })).toBeVisible();
  await expect(page.getByText("Key differs")).toBeVisible();
  await expect(page.getByText(/^Words \.\d\d$/)).toBeVisible();
  await expect(page.getByText("Meaning .90, flag .84")).toBeVisible();
  await page.keyboard.press("v");
  await expect(heading(page)).toContainText("thing 11 ");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();

  await page.goto(`/p/${queue.slug}/pairs?state=accepted`);
  await expect(page.getByText("variant of iced coke")).toBeVisible();
});

test("with single keys switched off no letter decides, none is printed, and the buttons still do", async ({
  stranger,
  queue,
}) => {
  const { mail } = await queue.addResearcher();
  await stranger.goto("/sign-in");
  await stranger.getByLabel("Mail").fill(mail);
  await stranger.getByLabel("Password").fill(PASSWORD);
  await stranger.getByRole("button", { name: "Sign in" }).click();
  await stranger.waitForURL("/");
  await stranger.goto("/settings/account");
  const singleKeys = stranger.getByRole("checkbox", { name: /^Single-key shortcuts/ });
  await singleKeys.uncheck();
  await expect.poll(queue.singleKeys).toBe(false);

  await openQueue(stranger, queue.slug);
  const accept = stranger.getByRole("button", { name: /^Accept/ });
  await expect(accept.locator("kbd")).toHaveCount(0);
  await stranger.keyboard.press("a");
  await stranger.keyboard.press("ArrowDown");
  await expect(heading(stranger)).toContainText("thing 2 ");
  await accept.focus();
  await stranger.keyboard.press("Enter");
  await expect(heading(stranger)).toContainText("thing 3 ");

  await expect.poll(() => queue.stateOf("thing 2")).toBe("accepted");
  expect(await queue.stateOf("thing 1")).toBe("proposed");
});

test("an edit that is refused keeps the typed words and says why", async ({ page, queue }) => {
  await openQueue(page, queue.slug);
  await page.keyboard.press("e");
  await page.getByLabel("Concept A").fill("Iced cokes");
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^Not saved: .*already has/)).toBeVisible();
  await expect(page.getByLabel("Concept A")).toHaveValue("Iced cokes");

  await page.getByLabel("Concept A").fill("iced lemonade");
  await page.keyboard.press("Enter");
  await expect(heading(page)).toContainText("iced lemonade");
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  expect(await queue.stateOf("iced lemonade")).toBe("proposed");
});

test("on a phone 360 px wide the queue stands above the proposal, and nothing scrolls sideways", async ({
  page,
  queue,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await openQueue(page, queue.slug);
  await queueOf(page).getByRole("button", { name: "thing 10" }).scrollIntoViewIfNeeded();
  await queueOf(page).getByRole("button", { name: "thing 10" }).click();
  await expect(page.getByText("Its twin", { exact: true })).toBeVisible();

  const parts = [
    queueOf(page),
    page.getByRole("region", { name: "Proposal" }),
    page.getByRole("group", { name: "Reject, because" }),
    page.getByRole("contentinfo"),
  ];
  for (const part of parts) {
    const { x, width } = (await part.boundingBox())!;
    expect([x, width]).toEqual([0, 360]);
    expect(await part.evaluate((box) => box.scrollWidth)).toBeLessThanOrEqual(360);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  await expect(page.getByRole("button", { name: /^Keep as variant/ })).toBeInViewport();
});
