import type { Page } from "@playwright/test";
import { ADMIN, test as base, expect } from "@/tests/support/e2e";
import { openRatingProject, type RatingProject } from "@/tests/support/rating-project";

const test = base.extend<{ rating: RatingProject }>({
  rating: async ({ instance }, use) => {
    const project = await openRatingProject(instance, { mail: ADMIN.mail, grids: 0 });
    await use(project);
    await project.close();
  },
});

const grids = (page: Page) => page.getByRole("table", { name: "Grids" }).getByRole("row");
const image = (page: Page, number: number) =>
  page.getByRole("button", { name: new RegExp(`^Image ${number}:`) });

test("a tie is settled by keyboard, and the Level of its grid follows", async ({
  page,
  rating,
}) => {
  await rating.addRatedGrid([0, 1]);
  await page.goto(`/p/${rating.slug}/rating/adjudication`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("1 grid waits to be settled");
  await page.getByRole("link", { name: /iced coke/ }).click();

  await expect(image(page, 1)).toHaveAttribute("aria-current", "true");
  await expect(image(page, 1)).toHaveAccessibleName(
    /rater 1 incorrect, rater 2 correct; no verdict, tie/,
  );
  await page.waitForLoadState("networkidle");
  await page.keyboard.press("j");
  await expect(image(page, 1)).toHaveAccessibleName(/you chose incorrect/);
  const slip = page.getByRole("button", { name: "A slip of the hand" });
  await expect(slip).toHaveAttribute("aria-pressed", "false");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Say why the votes differ.").first()).toBeVisible();
  await page.keyboard.press("1");
  await expect(slip).toHaveAttribute("aria-pressed", "true");

  // Whoever leaves without settling finds the choices again.
  await page.goto(`/p/${rating.slug}/rating/adjudication`);
  await page.getByRole("link", { name: /iced coke/ }).click();
  await expect(image(page, 1)).toHaveAccessibleName(/you chose incorrect/);
  await expect(slip).toHaveAttribute("aria-pressed", "true");
  await page.waitForLoadState("networkidle");
  await page.keyboard.press("Enter");

  await expect(
    page.getByText(/^iced coke × .+ is settled; its Level follows/).first(),
  ).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Nothing waits to be settled");
  const levels = await rating.levels();
  expect(levels.find(({ source }) => source === "adjudicated")).toMatchObject({ level: 5 });
  await page.goto(`/p/${rating.slug}/rating/adjudication?view=split`);
  await expect(page.getByRole("img", { name: "Level 5" })).toBeVisible();
});

test("disputes are filtered by rater, and the address keeps the filter", async ({
  page,
  rating,
}) => {
  await rating.addRatedGrid([0, 1]);
  await rating.addRatedGrid([0, 2]);
  await page.goto(`/p/${rating.slug}/rating/adjudication`);
  await expect(grids(page)).toHaveCount(3);

  const rater = page.getByRole("combobox", { name: "Rater" });
  await rater.selectOption({ index: 1 });

  await expect(grids(page)).toHaveCount(2);
  await expect(page).toHaveURL(/rater=/);
  await page.getByRole("tab", { name: /All that differ/ }).click();
  await expect(page).toHaveURL(/rater=.*view=split|view=split.*rater=/);
  await expect(grids(page)).toHaveCount(2);
});

test("disputes are found by the words of a prompt, and the address keeps them", async ({
  page,
  rating,
}) => {
  await rating.addRatedGrid([0, 1]);
  await page.goto(`/p/${rating.slug}/rating/adjudication`, { waitUntil: "networkidle" });
  await expect(grids(page)).toHaveCount(2);

  await page.getByRole("searchbox", { name: "Words of a prompt" }).fill("a bird of prey");
  await expect(page.getByText("None of these.")).toBeVisible();
  await page.getByRole("searchbox", { name: "Words of a prompt" }).fill("Wooden Table");
  await expect(grids(page)).toHaveCount(2);

  await page.reload();
  await expect(page.getByRole("searchbox", { name: "Words of a prompt" })).toHaveValue(
    "Wooden Table",
  );
});

test("a grid on the boundary goes to one more rater by one press", async ({ page, rating }) => {
  await rating.addRatedGrid([5]);
  // Other projects of the same person may have grids that wait.
  const heading = page.getByRole("heading", { level: 1 });
  await page.goto(`/rate?project=${rating.slug}`);
  const before = Number.parseInt((await heading.textContent()) ?? "", 10) || 0;
  await page.goto(`/p/${rating.slug}/rating/adjudication?view=boundary`);
  await expect(grids(page)).toHaveCount(2);

  await page.waitForLoadState("networkidle");
  await page.getByRole("button", { name: "Ask one more rater about it" }).click();

  await expect(page.getByText("1 grid goes to one more rater.").first()).toBeVisible();
  await page.goto(`/rate?project=${rating.slug}`);
  await expect(heading).toContainText(new RegExp(`^${before + 1} grids? waits?`));
});

test("who judged in a hurry is marked, and nothing is dropped", async ({ page, rating }) => {
  await rating.addRatedGrid([7]);
  await rating.addRatedGrid([3], { activeMs: 6_000 });
  await page.goto(`/p/${rating.slug}/rating/marks`);

  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "1 grid stands out in the last 2 grids",
  );
  const marked = page.getByRole("table", { name: "Marked grids" }).getByRole("row");
  await expect(marked).toHaveCount(2);
  await expect(marked.nth(1)).toContainText(/Rater 1\s*under 0.4 s an image\s*0.3/);
  // The verdicts count all the same: their Level stands on them.
  const levels = await rating.levels();
  expect(levels.map(({ correct }) => correct).sort()).toEqual([3, 7]);
  expect(await rating.judged()).toHaveLength(40);
  await page.goto(`/p/${rating.slug}/rating/progress`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("All 2 seats are done");
});
