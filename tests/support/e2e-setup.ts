import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { chromium } from "@playwright/test";
import { ADMIN, stateFile } from "./e2e-state";
import { removeHome, startInstance } from "./start-instance";

/** One real instance for the whole run, set up through its own setup page. */
export default async function setup() {
  const instance = await startInstance();
  process.env.E2E_URL = instance.url;
  process.env.E2E_HOME = instance.home;
  process.env.E2E_DATABASE_URL = instance.databaseUrl;
  try {
    await createAdmin(`${instance.url}/setup?token=${instance.setupToken}`);
  } catch (error) {
    await instance.stop();
    removeHome(instance.home);
    throw new Error(`The admin could not be made:\n${instance.output()}`, { cause: error });
  }
  return async () => {
    await instance.stop();
    removeHome(instance.home);
  };
}

async function createAdmin(link: string) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage"],
  });
  try {
    const page = await browser.newPage();
    await page.goto(link);
    await page.getByLabel("Name").fill(ADMIN.name);
    await page.getByLabel("Mail").fill(ADMIN.mail);
    await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
    await page.getByRole("button", { name: "Create account" }).click();
    await page.waitForURL((url) => url.pathname === "/");
    mkdirSync(dirname(stateFile()), { recursive: true });
    await page.context().storageState({ path: stateFile() });
  } finally {
    await browser.close();
  }
}
