import { ADMIN, test as base, expect } from "@/tests/support/e2e";
import { openRatingProject, type RatingProject } from "@/tests/support/rating-project";
import { type Relay, startRelay } from "@/tests/support/relay";

const test = base.extend<{ rating: RatingProject; relay: Relay }>({
  rating: async ({ instance }, use) => {
    const project = await openRatingProject(instance, { mail: ADMIN.mail, grids: 0 });
    await use(project);
    await project.close();
  },
  relay: async ({ instance }, use) => {
    const relay = await startRelay(instance.url);
    await use(relay);
    await relay.close();
  },
});

const LOSSES = [
  { name: "has closed its connections", lose: (relay: Relay) => relay.cut(), withinMs: 6_000 },
  { name: "has gone silent", lose: (relay: Relay) => relay.goSilent(), withinMs: 16_000 },
];

for (const { name, lose, withinMs } of LOSSES) {
  test(`a live page says that it has lost a server that ${name}, and follows by itself once it is back`, async ({
    page,
    relay,
    rating,
  }) => {
    await page.goto(`${relay.url}/p/${rating.slug}/rating/progress`);
    const warning = page.getByText("The server has not answered since");
    const heading = page.getByRole("heading", { level: 1 });
    await expect(heading).toHaveText("No grid to rate yet");

    lose(relay);
    await expect(warning).toBeVisible({ timeout: withinMs });
    await rating.addRatedGrid([3]);
    await expect(heading).toHaveText("No grid to rate yet");

    relay.mend();
    await expect(heading).toHaveText("All 1 seats are done");
    await expect(warning).toBeHidden();
  });
}

test("a live page whose server never says a word to it says so too, and follows once it does", async ({
  page,
  rating,
}) => {
  await page.route("**/api/trpc/live.projects**", () => undefined);
  await page.goto(`/p/${rating.slug}/rating/progress`);
  const warning = page.getByText("The server has not answered since");
  await expect(warning).toBeVisible({ timeout: 16_000 });

  await page.unrouteAll();
  await expect(warning).toBeHidden();
});
