import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { connect } from "@/db/client";
import { bridgeHello } from "@/server/generation/bridge-hello";
import { test as base, expect } from "@/tests/support/e2e";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { MOCE_OFFER } from "@/tests/support/moce-offer";

/** An endpoint that a bridge has told of, under a name of its own. */
const test = base.extend<{ endpoint: string }>({
  endpoint: async ({ instance }, use) => {
    const { db, close } = connect(instance.databaseUrl, { max: 1 });
    const name = `moce-${randomUUID().slice(0, 8)}`;
    const report = { name, contractVersion: 1, health: "ready" as const, concurrency: 1 };
    await bridgeHello(await makeBridgeRow(db), {
      endpoints: [{ ...report, description: MOCE_OFFER }],
    });
    await use(name);
    await close();
  },
});

async function openGenerators(page: Page) {
  await page.goto("/", { waitUntil: "networkidle" });
  await page.getByRole("button", { name: "Start from the example" }).click();
  await page.waitForURL(/\/p\/everyday-objects(-\d+)?$/);
  await page.goto(`${new URL(page.url()).pathname}/generators`);
}

test("a method is chosen, its parameter changed, and a changed parameter is a new revision", async ({
  page,
  endpoint,
}) => {
  await openGenerators(page);
  const sketch = page.getByRole("row", { name: /Sketch simulator/ });
  await expect(sketch.getByText(/ready|drawing/)).toBeVisible({ timeout: 30_000 });

  await page.getByRole("link", { name: "Register a generator …" }).click();
  await page.getByLabel("Name").fill("MoCE");
  await page.getByLabel("Endpoint").selectOption(endpoint);
  await expect(page.getByLabel("Method")).toHaveValue("moce");
  await expect(page.getByLabel("Steps", { exact: true })).toHaveValue("40");
  const rounds = page.getByLabel("Rounds at most, rounds");
  await expect(rounds).toHaveValue("3");
  await rounds.fill("21");
  await expect(page.getByText("it must be a whole number from 1 to 20")).toBeVisible();
  await page.getByRole("button", { name: "Register the generator" }).click();
  await expect(page.getByText("One field is wrong")).toBeVisible();
  await rounds.fill("5");
  await page.getByLabel("Unit of decision").selectOption("per_prompt");
  await page.getByRole("button", { name: "Register the generator" }).click();

  const row = page.getByRole("row", { name: /^MoCE/ });
  await expect(row.getByText("by Mixture of Concept Experts")).toBeVisible();
  await row.getByRole("link", { name: "New revision …" }).click();
  await expect(page.getByLabel("Unit of decision")).toHaveValue("per_prompt");
  await expect(rounds).toHaveValue("5");
  await page.getByRole("button", { name: "Make the revision" }).click();
  await expect(
    page.getByText("These are the settings of revision 1: no new one was made.", { exact: true }),
  ).toBeVisible();
  await rounds.fill("6");
  await page.getByRole("button", { name: "Make the revision" }).click();
  await expect(page.getByRole("heading", { name: "MoCE: 2 revisions, 0 images" })).toBeVisible();
});

const REALIGN = {
  name: "realign_diff",
  version: "1",
  title: "RealignDiff, fine stage",
  parameters: {
    type: "object",
    properties: {
      objects: { type: "array", items: { type: "object" }, title: "Objects", default: [] },
      strength: { type: "number", title: "Strength w", minimum: 0, maximum: 10, default: 1 },
    },
  },
  order: ["objects", "strength"],
};

test("a method that draws twice says what it needs, and names who looks between its two images", async ({
  page,
  instance,
}) => {
  const { db, close } = connect(instance.databaseUrl, { max: 1 });
  const mark = randomUUID().slice(0, 8);
  const report = { contractVersion: 1, health: "ready" as const, concurrency: 1 };
  const tagger = { detector: "grounding-dino", segmenter: "sam" };
  await bridgeHello(await makeBridgeRow(db), {
    endpoints: [
      { ...report, name: `realign-${mark}`, description: { methods: [REALIGN], settings: null } },
      { ...report, name: `tag-${mark}`, description: { methods: [], settings: null, tagger } },
    ],
  });
  await close();

  await openGenerators(page);
  await page.getByRole("link", { name: "Register a generator …" }).click();
  await page.getByLabel("Name").fill("RealignDiff");
  const drawers = page.getByLabel("Endpoint");
  await drawers.selectOption(`realign-${mark}`);
  await expect(drawers.getByRole("option", { name: `tag-${mark}` })).toHaveCount(0);
  await expect(page.getByText("two renders a prompt")).toBeVisible();
  await expect(page.getByLabel("Objects", { exact: true })).toHaveCount(0);
  await page.getByLabel("Looked at by").selectOption(`tag-${mark}`);
  await page.getByRole("button", { name: "Register the generator" }).click();

  await page
    .getByRole("row", { name: /^RealignDiff/ })
    .getByRole("link")
    .first()
    .click();
  const needs = page.getByRole("region", { name: "What it needs" });
  await expect(needs.getByText(`looked at by the endpoint tag-${mark}`)).toBeVisible();
});
