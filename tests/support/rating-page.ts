import type { Page } from "@playwright/test";
import { expect } from "./e2e";
import type { RatingProject } from "./rating-project";

/** The keys of the 20 images in their order, as the left-hand block has them. */
export const BLOCK_KEYS = [..."12345qwertasdfgzxcvb"];

/** From the rater's home by Enter into the first grid. */
export async function startRating(page: Page, { slug }: Pick<RatingProject, "slug">) {
  // A press before the page has its scripts would be lost.
  await page.goto(`/rate?project=${slug}`, { waitUntil: "networkidle" });
  const button = page.getByRole("button", { name: /^(Start|Continue)/ }).first();
  await expect(button).toBeFocused();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/rate\/[0-9a-f-]{36}$/);
  await imagesShown(page);
}

/** The images are on the screen: from now on keys count. */
export const imagesShown = (page: Page) =>
  expect(page.getByRole("grid")).toHaveAttribute("aria-busy", "false");

export const cellOf = (page: Page, number: number) =>
  page.getByRole("gridcell", { name: new RegExp(`^image ${number} of 20,`) });

export async function pressKeys(page: Page, keys: readonly string[]) {
  for (const key of keys) await page.keyboard.press(key);
}

export const thumbnailsFetched = (page: Page) =>
  page.evaluate(
    () =>
      new Set(
        performance
          .getEntriesByType("resource")
          .map(({ name }) => name)
          .filter((name) => name.endsWith("w=320")),
      ).size,
  );
