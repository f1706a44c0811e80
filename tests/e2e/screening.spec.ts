import type { Page } from "@playwright/test";
import { ADMIN, test as base, expect } from "@/tests/support/e2e";
import { openRatingProject, type RatingProject } from "@/tests/support/rating-project";

type Projects = { screening: RatingProject; detailed: RatingProject; small: RatingProject };

const test = base.extend<Projects>({
  small: async ({ instance }, use) => {
    const project = await openRatingProject(instance, { mail: ADMIN.mail, grids: 1 });
    await use(project);
    await project.close();
  },
  screening: async ({ instance }, use) => {
    const settings = { ratingMode: "screen" } as const;
    const project = await openRatingProject(instance, { mail: ADMIN.mail, grids: 2, settings });
    await use(project);
    await project.close();
  },
  detailed: async ({ instance }, use) => {
    const settings = { ratingMode: "screen", detail: true } as const;
    const project = await openRatingProject(instance, { mail: ADMIN.mail, grids: 2, settings });
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

/** The images are on the screen: from now on keys count. */
const ready = (page: Page) => expect(page.getByRole("grid")).toHaveAttribute("aria-busy", "false");
const cell = (page: Page, number: number) =>
  page.getByRole("gridcell", { name: new RegExp(`^image ${number} of 20,`) });

async function press(page: Page, key: string, times: number) {
  for (let done = 0; done < times; done += 1) await page.keyboard.press(key);
}

const pairOf = ({ grids }: RatingProject, gridId: string) =>
  grids.find((grid) => grid.gridId === gridId)!.pairId;

/** Images whose last verdict is incorrect. */
async function incorrectIn({ judged }: RatingProject): Promise<number> {
  const last = new Map((await judged()).map((line) => line.split(" ") as [string, string]));
  return [...last.values()].filter((verdict) => verdict === "incorrect").length;
}

test("two grids are screened by keyboard, and the one that stopped early is completed to a full one", async ({
  page,
  screening,
}) => {
  await start(page, screening);
  await expect(page.getByText("Screening: stops at the first correct image")).toBeVisible();
  await press(page, "j", 2);
  await expect(cell(page, 3)).toBeFocused();
  await expect(cell(page, 4)).toHaveAccessibleName("image 4 of 20, not shown yet");

  await test.step("a slip is taken back before anything is sent", async () => {
    await page.keyboard.press("k");
    await expect(page.getByText("Image 3 is correct: the others need no look.")).toBeVisible();
    await page.keyboard.press("Backspace");
    await expect(cell(page, 3)).toHaveAccessibleName(/unrated$/);
    await page.keyboard.press("Enter");
    expect(await screening.submitted()).toEqual([]);
  });

  await press(page, "j", 1);
  // The browser stores a verdict within milliseconds; a test would reload before that.
  await expect.poll(() => incorrectIn(screening)).toBe(3);
  await page.reload({ waitUntil: "networkidle" });
  await ready(page);
  await expect(cell(page, 4)).toHaveAccessibleName(/unrated$/);
  await page.keyboard.press("k");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Grid 2 of 2")).toBeVisible();
  await ready(page);
  await press(page, "j", 20);
  await page.keyboard.press("Enter");

  await expect.poll(async () => (await screening.levels()).length).toBe(2);
  const levels = await screening.levels();
  const stopped = levels.find((level) => level.level === null)!;
  expect(stopped).toMatchObject({ mode: "screen", correct: 1, rated: 4 });
  expect(levels.find((level) => level.level === 5)).toMatchObject({ mode: "screen", rated: 20 });

  await page.goto(`/p/${screening.slug}/pairs/${pairOf(screening, stopped.gridId)}`);
  await expect(page.getByRole("img", { name: "Screened: at most 4" }).first()).toBeVisible();
  await page.getByRole("button", { name: "Complete the grid" }).click();
  await expect(page.getByText("It is a full grid now").first()).toBeVisible();

  await start(page, screening);
  await expect(page.getByText("16 of 20 open", { exact: true })).toBeVisible();
  for (let left = 16; left > 0; left -= 1) {
    await page.keyboard.press("Enter");
    await page.keyboard.press("j");
  }
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await screening.levels()).length).toBe(3);
  await page.goto(`/p/${screening.slug}/pairs/${pairOf(screening, stopped.gridId)}`);
  await expect(page.getByRole("img", { name: "Level 4" }).first()).toBeVisible();
  await expect(page.getByRole("main").getByText("Beside it:")).toContainText("1 of 4, screened");
});

test("what is seen is said by keys, decides the verdict, and what stood there is asked at the end", async ({
  page,
  detailed,
}) => {
  await start(page, detailed);
  const toggle = (name: string) => page.getByRole("button", { name, exact: true });

  await page.keyboard.press("6");
  await expect(toggle("iced coke seen")).toHaveAttribute("aria-pressed", "true");
  await expect(toggle("tea cup seen")).toHaveAttribute("aria-pressed", "false");
  await expect(cell(page, 1)).toHaveAccessibleName(/, incorrect$/);
  await page.keyboard.press("9");
  await page.keyboard.press("j");
  await expect(cell(page, 2)).toBeFocused();
  await press(page, "6", 1);
  await press(page, "7", 1);
  await press(page, "8", 1);
  await expect(cell(page, 2)).toHaveAccessibleName(/, correct$/);
  await page.keyboard.press("Enter");

  const dialog = page.getByRole("dialog", { name: "What stood in its place?" });
  await expect(dialog).toBeVisible();
  await expect(dialog).not.toContainText("tumbler");
  await page.keyboard.type("tumbler glass");
  await page.keyboard.press("Enter");

  await expect(page.getByText("Grid 2 of 2")).toBeVisible();
  await expect
    .poll(detailed.submitted)
    .toMatchObject([{ state: "submitted", seenInstead: "tumbler glass" }]);
  const [level] = await detailed.levels();
  await page.goto(`/p/${detailed.slug}/pairs/${pairOf(detailed, level!.gridId)}`);
  await expect(page.getByRole("heading", { name: "What stood in its place" })).toBeVisible();
  await expect(
    page.getByRole("main").getByText("Match: the same but for spelling or order"),
  ).toBeVisible();
});

test("when the rater time is used up, the room and the queue say so and what was rated is kept", async ({
  page,
  small,
}) => {
  await start(page, small);
  // Nothing was there to be fetched ahead; what comes now is asked for under the new limit.
  await page.waitForLoadState("networkidle");
  await small.allowRaterTime(1);
  await small.addGrid();
  for (const key of "12345qwertasdfgzxcvb") await page.keyboard.press(key);
  await page.keyboard.press("Enter");

  await expect(page.getByText("No more grids for now.")).toBeVisible();
  await page.getByRole("link", { name: "To the queue" }).click();

  await expect(page.getByText("The project's rater time is used up.").first()).toBeVisible();
  await expect.poll(small.levels).toMatchObject([{ level: 5 }]);
});

test("a screened image fits 1280x720 and tells nothing that could bias", async ({
  page,
  detailed,
}) => {
  await start(page, detailed);

  const overflow = await page.evaluate(
    () => document.documentElement.scrollHeight - window.innerHeight,
  );
  expect(overflow).toBe(0);
  const html = (await page.content()).toLowerCase();
  for (const telling of ["generator", "sketch simulator", "glass tumbler", "usual vessel"]) {
    expect(html).not.toContain(telling);
  }
  // One image after the other: the page brings none before it is its turn.
  const written = await (await page.request.get(page.url())).text();
  expect(written).not.toContain("<img");
});

test("a researcher chooses how new grids are judged", async ({ page, screening }) => {
  await page.goto(`/p/${screening.slug}/settings`, { waitUntil: "networkidle" });
  const mode = page.getByLabel("New grids");
  await expect(mode).toHaveValue("screen");

  await mode.selectOption("full");
  await expect(page.getByText("Rating saved").first()).toBeVisible();
  await page.reload();

  await expect(mode).toHaveValue("full");
});
