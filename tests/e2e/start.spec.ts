import { expect, test } from "@/tests/support/e2e";

test("a running product says that it is well, and nothing else to a stranger", async ({
  stranger,
}) => {
  const answer = await stranger.request.get("/api/health");

  expect(answer.status()).toBe(200);
  expect(await answer.json()).toEqual({ status: "ok" });
});

test("an admin also sees who works, who fetches and how much waits", async ({ page }) => {
  const answer = await page.request.get("/api/health");

  expect(await answer.json()).toMatchObject({
    status: "ok",
    workers: [{ ageSeconds: expect.any(Number) }],
    // Other journeys of the suite have made bridges of their own.
    bridges: expect.arrayContaining([{ name: "embedded", lastSeenAt: expect.any(String) }]),
    queue: { jobs: expect.any(Array), renders: [] },
  });
});

test("the setup link works once", async ({ stranger }) => {
  await stranger.goto("/setup?token=anything");

  await expect(stranger.getByRole("heading", { name: "Teacup is already set up" })).toBeVisible();
});
