import type { Page } from "@playwright/test";
import { ADMIN, test as base, expect } from "@/tests/support/e2e";
import { openRatingProject, type RatingProject } from "@/tests/support/rating-project";

const CELL_KEYS = [..."12345qwertasdfgzxcvb"];

const test = base.extend<{ rating: RatingProject }>({
  rating: async ({ instance }, use) => {
    const project = await openRatingProject(instance, { mail: ADMIN.mail, grids: 3 });
    await use(project);
    await project.close();
  },
});

async function start(page: Page, { slug }: RatingProject) {
  // A press before the page has its scripts would be lost.
  await page.goto(`/rate?project=${slug}`, { waitUntil: "networkidle" });
  const button = page.getByRole("button", { name: /^(Start|Continue)/ }).first();
  await expect(button).toBeFocused();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/rate\/[0-9a-f-]{36}$/);
  await ready(page);
}

const cell = (page: Page, number: number) =>
  page.getByRole("gridcell", { name: new RegExp(`^image ${number} of 20,`) });
const labels = (page: Page) =>
  page.getByRole("gridcell").evaluateAll((cells) => cells.map((one) => one.ariaLabel));

/** The images are on the screen: from now on keys count. */
const ready = (page: Page) => expect(page.getByRole("grid")).toHaveAttribute("aria-busy", "false");

const thumbnailsFetched = (page: Page) =>
  page.evaluate(
    () =>
      performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("w=320")).length,
  );

async function pressAll(page: Page, keys: readonly string[]) {
  for (const key of keys) await page.keyboard.press(key);
}

test("a rater finishes a grid by keyboard alone and the researcher sees its Level", async ({
  page,
  rating,
}) => {
  await start(page, rating);
  await expect(page.getByText("20 of 20 open", { exact: true })).toBeVisible();

  await pressAll(page, CELL_KEYS);
  await pressAll(page, ["1", "w", "d"]);
  await expect(cell(page, 1)).toHaveAccessibleName("image 1 of 20, prompt 1, row 1, correct");
  await expect(cell(page, 20)).toHaveAccessibleName("image 20 of 20, prompt 5, row 4, incorrect");
  await page.keyboard.press("Enter");

  await expect(page.getByText("20 of 20 open", { exact: true })).toBeVisible();
  await expect(page.getByText("Grid 2 of 3")).toBeVisible();
  await expect.poll(rating.levels).toMatchObject([{ level: 4, correct: 3, source: "rater" }]);
  const [sitting] = await rating.submitted();
  expect(sitting!.activeMs).toBeGreaterThan(0);
  expect(sitting!.paintedAt!.getTime()).toBeLessThanOrEqual(sitting!.firstActionAt!.getTime());
  expect(sitting!.firstActionAt!.getTime()).toBeLessThanOrEqual(
    sitting!.clientSubmittedAt!.getTime(),
  );
  const [level] = await rating.levels();
  const rated = rating.grids.find((grid) => grid.gridId === level!.gridId)!;
  await page.goto(`/p/${rating.slug}/pairs/${rated.pairId}`);
  await expect(page.getByRole("img", { name: "Level 4" }).first()).toBeVisible();
});

test("an incomplete grid is not submitted: Enter goes to the first open image", async ({
  page,
  rating,
}) => {
  await start(page, rating);
  await pressAll(page, CELL_KEYS.slice(0, 18));

  await page.keyboard.press("Enter");

  await expect(cell(page, 19)).toBeFocused();
  await expect(page.locator("[data-notice]")).toHaveText("2 open. Gone to image 19.");
  expect(await rating.submitted()).toEqual([]);
});

test("the grid fits 1280x720 and tells nothing that could bias", async ({ page, rating }) => {
  await start(page, rating);

  const overflow = await page.evaluate(
    () => document.documentElement.scrollHeight - window.innerHeight,
  );
  expect(overflow).toBe(0);
  const html = (await page.content()).toLowerCase();
  for (const telling of ["generator", "sketch simulator", "glass tumbler", "usual vessel"]) {
    expect(html).not.toContain(telling);
  }
});

test("the images of a grid stand in the page before any of its code has come, and no key is promised", async ({
  page,
  rating,
}) => {
  await start(page, rating);
  await page.route(/\.js(\?|$)/, (route) => route.abort());
  await page.evaluate(() => window.location.reload());

  const look = page.getByRole("main", { name: "The grid is on its way" });
  await expect(look.locator("img")).toHaveCount(21);
  await expect(look.getByText("stands on a wooden table")).toBeVisible();
  await expect(page.locator("kbd")).toHaveCount(0);
  for (const image of await look.locator("img").all()) {
    const width = await image.evaluate((shown: HTMLImageElement) =>
      shown.decode().then(() => shown.naturalWidth),
    );
    expect(width).toBe(320);
  }
});

test("nothing is lost when the tab is closed while offline, and the order is kept", async ({
  page,
  context,
  rating,
}) => {
  await start(page, rating);
  await page.keyboard.press("1");
  await expect.poll(rating.judged).toEqual(["1 incorrect"]);
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();
  await context.setOffline(true);
  await pressAll(page, ["1", "2", "q", "Backspace", "w", "1"]);
  await expect(page.getByText("Offline, 6 queued")).toBeVisible();
  const before = await labels(page);
  const address = page.url();
  await page.close();
  expect(await rating.judged()).toEqual(["1 incorrect"]);

  await context.setOffline(false);
  const again = await context.newPage();
  await again.goto(address);

  await expect(again.getByText("17 of 20 open", { exact: true })).toBeVisible();
  expect(await labels(again)).toEqual(before);
  await expect
    .poll(rating.judged)
    .toEqual([
      "1 incorrect",
      "1 correct",
      "2 incorrect",
      "6 incorrect",
      "6 open",
      "7 incorrect",
      "1 incorrect",
    ]);
});

test("grids are submitted offline, the next ones are there, and all arrive later", async ({
  page,
  context,
  rating,
}) => {
  await start(page, rating);
  await expect.poll(() => thumbnailsFetched(page)).toBe(3 * 20);
  await page.keyboard.press("1");
  await context.setOffline(true);

  await pressAll(page, [...CELL_KEYS.slice(1), "Enter"]);
  await expect(page.getByText("Grid 2 of 3")).toBeVisible();
  await ready(page);
  await pressAll(page, [...CELL_KEYS, "Enter"]);
  await expect(page.getByText("Grid 3 of 3")).toBeVisible();
  expect(await rating.levels()).toEqual([]);

  await context.setOffline(false);
  await expect(page.getByText("Saved", { exact: true })).toBeVisible({ timeout: 20_000 });
  expect(await rating.levels()).toMatchObject([{ level: 5 }, { level: 5 }]);
});

test("undo reaches back over a submitted grid and its Level is computed anew", async ({
  page,
  rating,
}) => {
  await start(page, rating);
  await pressAll(page, [...CELL_KEYS, "Enter"]);
  await expect(page.getByText("20 of 20 open", { exact: true })).toBeVisible();
  await expect.poll(rating.levels).toMatchObject([{ level: 5 }]);

  await page.keyboard.press("Backspace");
  await expect(page.getByText("0 of 20 open", { exact: true })).toBeVisible();
  await expect(page.getByText("it counts as it stands")).toBeVisible();
  expect(await rating.levels()).toMatchObject([{ level: 5 }]);
  await page.keyboard.press("Backspace");
  await expect(cell(page, 20)).toHaveAccessibleName(/unrated$/);
  await expect.poll(rating.levels).toEqual([]);
  await expect(page.getByText("It counts again once you submit it.")).toBeVisible();
  await pressAll(page, ["b", "b", "Enter"]);

  await expect.poll(rating.levels).toMatchObject([{ level: 4, correct: 1 }]);
});

test("keys rest while they are held, while a dialog is open and with Alt", async ({
  page,
  rating,
}) => {
  await start(page, rating);
  await page.keyboard.down("1");
  await page.keyboard.down("1");
  await page.keyboard.up("1");
  await page.keyboard.press("Alt+2");
  await page.keyboard.press("h");
  await expect(page.getByRole("dialog", { name: "Guidelines" })).toBeVisible();
  await page.keyboard.press("3");
  await page.keyboard.press("Escape");
  await page.keyboard.press("n");
  await page.getByLabel("For the researcher").fill("1234 look at the handle");
  await page.keyboard.press("Control+Enter");

  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect(page.getByText("19 of 20 open", { exact: true })).toBeVisible();
  await expect(cell(page, 1)).toHaveAccessibleName(/incorrect$/);
});

test("an image that does not load can be tried again or flagged, and is never judged unseen", async ({
  page,
  rating,
}) => {
  const firsts = rating.grids.map((grid) => grid.imageIds[0]);
  const isFirst = (url: URL) => firsts.some((id) => url.pathname.endsWith(`${id}`));
  await page.route(isFirst, (route) => route.abort());
  await page.goto(`/rate?project=${rating.slug}`, { waitUntil: "networkidle" });
  await page
    .getByRole("button", { name: /^(Start|Continue)/ })
    .first()
    .press("Enter");
  await expect(page.getByText("Did not load")).toBeVisible();

  await page.keyboard.press("1");
  await expect(cell(page, 1)).toHaveAccessibleName(/unrated$/);
  await page.unroute(isFirst);
  await page.getByRole("button", { name: "Load image 1 again" }).click();
  await ready(page);
  await page.keyboard.press("1");
  await expect(cell(page, 1)).toHaveAccessibleName(/incorrect$/);
});

test("a grid put off comes last, and one that cannot be judged needs a reason and goes", async ({
  page,
  rating,
}) => {
  await start(page, rating);
  const first = page.url();
  await page.keyboard.press("l");
  await expect(page).not.toHaveURL(first);
  await ready(page);
  await page.keyboard.press("Backspace");
  await expect(page).toHaveURL(first);
  await ready(page);
  await page.keyboard.press("l");
  await expect(page).not.toHaveURL(first);
  await ready(page);
  const second = page.url();
  await page.keyboard.press("u");
  await page.getByRole("button", { name: "I do not know one of the concepts" }).click();
  await page.getByRole("button", { name: "Pass it on" }).click();
  await expect(page).not.toHaveURL(second);
  await ready(page);
  await pressAll(page, [...CELL_KEYS, "Enter"]);

  await expect(page).toHaveURL(first);
});

test("the rate page tells the grid that a press opens, and lists what was put off with when", async ({
  page,
  rating,
}) => {
  await page.goto(`/rate?project=${rating.slug}`);
  const row = page.getByRole("listitem").filter({ hasText: "rated" }).first();
  await expect(row).toContainText("Next: a new grid.");
  await start(page, rating);
  const first = page.url();
  await page.keyboard.press("l");
  await expect(page).not.toHaveURL(first);
  await ready(page);
  await pressAll(page, CELL_KEYS.slice(0, 8));
  await expect.poll(rating.judged).toHaveLength(8);

  // The writes of two grids arrive in any order: until the server knows of the first, the page is asked again.
  const later = row.getByText("1 put off; they come after the others");
  await expect(async () => {
    await page.goto(`/rate?project=${rating.slug}`);
    await expect(later).toBeVisible({ timeout: 2000 });
  }).toPass();

  await expect(row).toContainText(/Next: the grid that lies begun, iced coke.*; 12 of 20 open\./);
  await later.click();
  await expect(row.getByText(/^put off /)).toBeVisible();
});

test("a lost session keeps the verdicts and sends them after signing in again", async ({
  page,
  context,
  rating,
}) => {
  await start(page, rating);
  await context.clearCookies();
  await pressAll(page, ["1", "2"]);
  await expect(page.getByText(/^You are signed out\. 2 changes are kept/)).toBeVisible();

  await page.getByRole("link", { name: "Sign in" }).click();
  await page.getByLabel("Mail").fill(ADMIN.mail);
  await page.getByLabel("Password").fill(ADMIN.password);
  await page.getByRole("button", { name: "Sign in" }).click();

  await expect(page.getByText("18 of 20 open", { exact: true })).toBeVisible();
  await expect.poll(rating.judged).toEqual(["1 incorrect", "2 incorrect"]);
});

test("the guidelines a researcher saves are what raters read from then on", async ({
  page,
  rating,
}) => {
  await page.goto(`/p/${rating.slug}/rating`, { waitUntil: "networkidle" });
  await page.getByLabel("What raters read under H").fill("A handle makes it a cup.");
  await page.getByRole("button", { name: "Save as version 1" }).click();
  await expect(page.getByRole("heading", { name: "Guidelines, version 1" })).toBeVisible();

  await start(page, rating);
  await page.keyboard.press("h");

  await expect(page.getByText("A handle makes it a cup.")).toBeVisible();
});
