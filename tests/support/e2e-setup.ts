import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { chromium, type FullConfig } from "@playwright/test";
import { ADMIN, stateFile, tellInstances } from "./e2e-state";
import { type Instance, removeHome, startInstance } from "./start-instance";

/** A real instance for each worker for the whole run, set up through its own setup page: workers share nothing. */
export default async function setup({ workers }: FullConfig) {
  const numbers = Array.from({ length: workers }, (_, index) => index);
  const started = await Promise.allSettled(numbers.map(() => startInstance()));
  const instances = started.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
  const end = async () => {
    for (const { stop, home } of instances) {
      await stop();
      removeHome(home);
    }
  };
  try {
    for (const one of started) if (one.status === "rejected") throw one.reason;
    for (const [index, instance] of instances.entries()) {
      await createAdmin(instance, stateFile(index));
    }
  } catch (error) {
    await end();
    throw error;
  }
  tellInstances(instances.map(({ url, home, databaseUrl }) => ({ url, home, databaseUrl })));
  return end;
}

async function createAdmin({ url, setupToken, output }: Instance, path: string) {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"],
  });
  try {
    const page = await browser.newPage();
    await page.goto(`${url}/setup?token=${setupToken}`);
    await page.getByLabel("Name").fill(ADMIN.name);
    await page.getByLabel("Mail").fill(ADMIN.mail);
    await page.getByLabel("Password", { exact: true }).fill(ADMIN.password);
    await page.getByRole("button", { name: "Create account" }).click();
    await page.waitForURL((address) => address.pathname === "/");
    mkdirSync(dirname(path), { recursive: true });
    await page.context().storageState({ path });
  } catch (error) {
    throw new Error(`The admin could not be made:\n${output()}`, { cause: error });
  } finally {
    await browser.close();
  }
}
