import { cpSync, mkdtempSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser, Locator, Page } from "@playwright/test";
import { ScoreOutput } from "@/gpu-bridge/contract/score-schemas";
import { openTinyWorld } from "@/gpu-bridge/local/engine/tiny-world";
import { ADMIN, expect, test } from "@/tests/support/e2e";
import { type Instance, removeHome, startInstance } from "@/tests/support/start-instance";

const MODEL = resolve(import.meta.dirname, "../../gpu-bridge/testbed/tiny-world");

/** The first person of an instance that was started as by `npm start`, with nothing set. */
async function firstPerson(browser: Browser, { url, setupToken }: Instance): Promise<Page> {
  const context = await browser.newContext({
    baseURL: url,
    storageState: { cookies: [], origins: [] },
  });
  const page = await context.newPage();
  await page.goto(`/setup?token=${setupToken}`);
  await page.getByLabel("Name").fill(ADMIN.name);
  await page.getByLabel("Mail").fill(ADMIN.mail);
  await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await page.waitForURL((address) => address.pathname === "/");
  return page;
}

async function withInstance(
  env: Record<string, string>,
  act: (instance: Instance) => Promise<void>,
) {
  const instance = await startInstance({ env: { DEFAULT_GENERATOR: "", ...env } });
  try {
    await act(instance);
  } finally {
    await instance.stop();
    removeHome(instance.home);
  }
}

test("with nothing set, a diffusion model on this machine draws a tea cup of iced coke", async ({
  browser,
}) => {
  test.setTimeout(300_000);
  await withInstance({}, async (instance) => {
    const page = await firstPerson(browser, instance);
    await expect(page.getByText("Tiny World, a small diffusion model")).toBeVisible();
    await page.getByRole("button", { name: "Start from the example" }).click();
    await page.waitForURL(/\/p\/everyday-objects$/);
    await expect(page.getByText("Under test: Tiny World, revision 1")).toBeVisible();

    await page.goto("/p/everyday-objects/pairs?add=1");
    const dialog = page.getByRole("dialog", { name: "Add a pair" });
    await dialog.getByLabel("Concept A").fill("iced coke");
    await dialog.getByLabel("Concept B").fill("samovar");
    await expect(dialog).toContainText("Not in the vocabulary of Tiny World: samovar");
    await page.keyboard.press("Enter");
    await expect(dialog.getByRole("button", { name: "Add anyway" })).toBeVisible();
    await dialog.getByLabel("Concept B").fill("tea cup");
    await expect(dialog).not.toContainText("Not in the vocabulary");
    await expect(dialog.getByRole("button", { name: "Add anyway" })).toHaveCount(0);

    await page.goto("/p/everyday-objects/runs");
    await page.getByRole("button", { name: "Draw 24 pairs" }).click({ timeout: 60_000 });
    await page.waitForURL(/\/runs\/1$/);
    await page.goto("/p/everyday-objects/pairs");
    const row = page
      .getByRole("row")
      .filter({ hasText: "iced coke" })
      .filter({ hasText: "tea cup" });
    await row.getByRole("link", { name: "iced coke" }).click();
    const sheet = page.getByRole("region", { name: "Tiny World, revision 1" });
    await expect(sheet.locator("img")).toHaveCount(20, { timeout: 120_000 });
    const seen = await seenIn(page, sheet.locator("img"), ["iced coke", "tea cup", "cow"]);
    expect(seen.filter((texts) => texts.join() === "iced coke,tea cup")).not.toEqual([]);
    expect(seen.flat()).not.toContain("cow");
  });
});

/** Which of the texts the model's own oracle sees in each image, as it was drawn. */
async function seenIn(page: Page, images: Locator, texts: string[]): Promise<string[][]> {
  const addresses = await images.evaluateAll((all) =>
    all.map((image) => new URL((image as HTMLImageElement).src).pathname),
  );
  const drawn = addresses.map(async (address) => {
    const answer = await page.request.get(`${address}?original`);
    return `data:image/png;base64,${(await answer.body()).toString("base64")}`;
  });
  const { "/oracle": oracle } = await openTinyWorld(MODEL, 1);
  const asked = { images: await Promise.all(drawn), scores: [{ scorer: "oracle", texts }] };
  const { scores } = ScoreOutput.parse(await oracle.run(asked, AbortSignal.timeout(60_000)));
  const values = scores[0]?.values ?? [];
  return values.map((row) => texts.filter((_, at) => (row[at] ?? 0) >= 0.5));
}

test("a damaged model is named on the home page, and everything else works", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const folder = mkdtempSync(join(tmpdir(), "tiny-world-"));
  cpSync(MODEL, folder, { recursive: true });
  const file = "generator/unet/diffusion_pytorch_model.safetensors";
  truncateSync(join(folder, file), 1000);
  try {
    await withInstance({ TEACUP_TINY_WORLD: folder }, async (instance) => {
      const page = await firstPerson(browser, instance);
      const line = page.getByText(/^Tiny World: Its setup failed/);
      await expect(async () => {
        await page.reload();
        await expect(line).toContainText(file, { timeout: 1000 });
      }).toPass({ timeout: 60_000 });
      await expect(page.getByText("Sketch simulator", { exact: true })).toBeVisible();
      await page.getByRole("button", { name: "Start from the example" }).click();
      await page.waitForURL(/\/p\/everyday-objects$/);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
