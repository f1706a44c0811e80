import { violationsOn } from "@/tests/support/axe";
import { ADMIN, expect } from "@/tests/support/e2e";
import { test } from "@/tests/support/settled-project";

test("a settled grid becomes a training grid, and the rater is offered to train on it", async ({
  page,
  rating,
}) => {
  await page.goto(`/p/${rating.slug}/rating/gold`, { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Make gold" }).click();
  await page.getByRole("button", { name: /^Look at its answers: / }).click();
  await page.getByLabel("Use").selectOption("training");
  await page.getByRole("button", { name: "Image 1, correct" }).click();
  await page.getByLabel("Why, as raters read it in training").fill("The cup is there.");
  expect(await violationsOn(page)).toEqual([]);
  await page.getByRole("button", { name: "Save for training" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("0 gold, 1 training");

  await page.goto(`/rate?project=${rating.slug}`, { waitUntil: "networkidle" });
  await expect(page.getByText("1 grid with feedback to learn from.").first()).toBeVisible();
  // The project that was asked for stands first; others of this account may offer training as well.
  await page.getByRole("button", { name: "Train first" }).first().click();
  await page.waitForURL(/\/rate\/[0-9a-f-]{36}$/);
});

test("a waiting grid is kept for a rater and let go again, and is put first and back", async ({
  page,
  rating,
}) => {
  await page.goto(`/p/${rating.slug}/rating/progress`, { waitUntil: "networkidle" });
  await page.getByRole("checkbox", { name: /^Choose (?!all)/ }).check();
  await page.getByRole("button", { name: "Keep for raters" }).click();
  await page.getByRole("checkbox", { name: ADMIN.name }).check();
  expect(await violationsOn(page)).toEqual([]);
  await page.getByRole("button", { name: "Keep them" }).click();

  const table = page.getByRole("table", { name: "Waiting grids" });
  await expect(table.getByRole("cell", { name: ADMIN.name })).toBeVisible();
  const kept = page.getByRole("list", { name: "Kept seats" });
  await expect(kept).toContainText(`1 seat kept for ${ADMIN.name}`);
  await kept.getByRole("button", { name: "Let go" }).click();
  await page.getByRole("button", { name: "Let them go" }).click();
  await expect(table.getByRole("cell", { name: ADMIN.name })).toBeHidden();
  await expect(kept.getByRole("listitem")).toHaveCount(0);

  await page.getByRole("button", { name: "Priority" }).click();
  await page.getByRole("button", { name: "Set it" }).click();
  await expect(table.getByRole("cell", { name: "10", exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).last().click();
  await expect(table.getByRole("cell", { name: "10", exact: true })).toBeHidden();
});
