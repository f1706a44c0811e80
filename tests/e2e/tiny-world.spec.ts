import { cpSync, mkdtempSync, rmSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser, Page } from "@playwright/test";
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
    await dialog.getByLabel("Concept B").fill("tea cup");
    await expect(dialog).not.toContainText("Not in the vocabulary");

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
    await sheet.locator("img").first().scrollIntoViewIfNeeded();
    await expect
      .poll(() => colours(sheet.locator("img").first()), { timeout: 20_000 })
      .toBeGreaterThan(50);
  });
});

/** How many colours an image has: a blank or broken one has few. */
const colours = (image: ReturnType<Page["locator"]>) =>
  image.evaluate(async (element: HTMLImageElement) => {
    await element.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [element.naturalWidth, element.naturalHeight];
    const context = canvas.getContext("2d");
    context?.drawImage(element, 0, 0);
    const { data } = context?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
    const seen = new Set<string>();
    for (let at = 0; at < data.length; at += 4) seen.add(data.slice(at, at + 3).join());
    return seen.size;
  });

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
