import { violationsOn } from "@/tests/support/axe";
import { expect } from "@/tests/support/e2e";
import { startRating } from "@/tests/support/rating-page";
import { test } from "@/tests/support/settled-project";

test("an example and a changed text make a new version, which raters read under H", async ({
  page,
  rating,
}) => {
  await page.goto(`/p/${rating.slug}/rating`, { waitUntil: "networkidle" });
  await expect(page.getByRole("button", { name: /^Save as version 1/ })).toHaveAttribute(
    "aria-disabled",
    "true",
  );

  await page.getByRole("button", { name: "Add an example" }).click();
  await page.getByRole("button", { name: /^Look at its images: / }).click();
  await page.getByRole("button", { name: "Image 1, correct" }).click();
  await page.getByLabel("Caption of example 1").fill("The cup holds tea, whatever its colour.");
  await page.getByLabel("What raters read under H").fill("Judge what you see.\nHalf a cup counts.");
  await page.getByRole("button", { name: "Save as version 1" }).click();
  await expect(page.getByRole("heading", { name: "Guidelines, version 1" })).toBeVisible();

  await page
    .getByLabel("What raters read under H")
    .fill("Judge what you see.\nA whole cup counts.");
  await page.getByRole("button", { name: "Save as version 2" }).click();
  await page.getByRole("button", { name: "Show version 2" }).click();
  const version = page.getByRole("dialog", { name: "Guidelines, version 2" });
  await expect(version.locator("ins")).toHaveText(["A", "whole"]);
  await expect(version.locator("del")).toHaveText(["Half", "a"]);
  await expect(version.getByRole("img", { name: /^Example, Correct/ })).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violationsOn(page), `a version, ${colorScheme}`).toEqual([]);
  }
  await page.keyboard.press("Escape");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violationsOn(page), `the editor, ${colorScheme}`).toEqual([]);
  }

  await startRating(page, rating);
  await page.keyboard.press("h");
  const read = page.getByRole("dialog", { name: "Guidelines, version 2" });
  await expect(read).toContainText("A whole cup counts.");
  await expect(read.getByRole("img", { name: /^Example, Correct/ })).toBeVisible();
  await expect(read).toContainText("The cup holds tea, whatever its colour.");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await violationsOn(page), `under H, ${colorScheme}`).toEqual([]);
  }
});
