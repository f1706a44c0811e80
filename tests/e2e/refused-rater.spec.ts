import type { Page } from "@playwright/test";
import { test as base, expect } from "@/tests/support/e2e";
import { PASSWORD } from "@/tests/support/make/account-with-password";
import { openRatersProjects, type RatersProjects } from "@/tests/support/raters-projects";
import {
  BLOCK_KEYS,
  cellOf,
  imagesShown,
  pressKeys,
  startRating,
} from "@/tests/support/rating-page";

/** A rater of two projects, and who runs them. */
const test = base.extend<{ stage: RatersProjects }>({
  stage: async ({ instance }, use) => {
    const stage = await openRatersProjects(instance);
    await use(stage);
    await stage.close();
  },
});

async function signIn(page: Page, mail: string) {
  await page.getByLabel("Mail").fill(mail);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.waitForURL((address) => address.pathname !== "/sign-in");
}

test("a round that closes over an open grid: its rater reads why, keeps what was refused, and sends it once the round is open again", async ({
  stranger: page,
  stage,
}) => {
  const { mail, first } = stage;
  await page.goto("/sign-in");
  await signIn(page, mail);
  await startRating(page, first.rating);
  await page.keyboard.press("1");
  await expect.poll(first.rating.judged).toEqual(["1 incorrect"]);

  await first.closeRound("The paper is written.");
  await pressKeys(page, BLOCK_KEYS.slice(1));
  await page.keyboard.press("Enter");
  const alert = page.getByRole("alert").filter({ hasText: "refused:" });
  await expect(alert).toContainText("19 verdicts, 1 submission refused:");
  await expect(alert).toContainText("Round 1 is closed: The paper is written.");
  expect(await first.rating.judged()).toEqual(["1 incorrect"]);

  await first.reopenRound();
  await alert.getByRole("button", { name: "Try again" }).click();
  await expect.poll(first.rating.levels).toMatchObject([{ level: 5 }]);
  await expect(alert).toBeHidden();
  expect(await first.rating.judged()).toHaveLength(20);
});

test("a rater who is removed over an open grid reads so, keeps what was refused, and rates on in another project", async ({
  stranger: page,
  stage,
}) => {
  const { mail, first, second } = stage;
  await page.goto("/sign-in");
  await signIn(page, mail);
  await startRating(page, first.rating);
  await page.keyboard.press("1");
  await expect.poll(first.rating.judged).toEqual(["1 incorrect"]);

  await first.removeRater();
  await page.keyboard.press("2");
  await expect(page.getByText(/^You are signed out\. 1 changes are kept/)).toBeVisible();
  await expect(cellOf(page, 2)).toHaveAccessibleName(/, incorrect$/);
  await page.goto("/sign-in?returnTo=/rate");
  await signIn(page, mail);

  const alert = page.getByRole("alert").filter({ hasText: "refused:" });
  await expect(alert).toContainText(
    "1 verdict refused: No such project among yours: one of its owners can add you.",
  );
  await startRating(page, second.rating);
  await imagesShown(page);
  await page.keyboard.press("3");
  await expect.poll(second.rating.judged).toEqual(["3 incorrect"]);
  await expect(page.getByRole("alert").filter({ hasText: "1 verdict refused" })).toBeVisible();
  expect(await first.rating.judged()).toEqual(["1 incorrect"]);
});
