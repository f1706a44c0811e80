import type { Page } from "@playwright/test";
import { connect } from "@/db/client";
import { memberships } from "@/db/schema";
import { makeBlindProject, SECRETS, TELLING } from "@/tests/support/blind-project";
import { expect, test } from "@/tests/support/e2e";
import { makeAccountWithPassword, PASSWORD } from "@/tests/support/make/account-with-password";
import { makeProject } from "@/tests/support/make/project";

const CELL_KEYS = [..."12345qwertasdfgzxcvb"];

type Instance = { home: string; databaseUrl: string };

/** An expert who can sign in, with a grid of every kind before them. */
async function stage(instance: Instance) {
  process.env.TEACUP_HOME = instance.home;
  const { db, close } = connect(instance.databaseUrl, { max: 2 });
  const { id: projectId } = await makeProject(db, { name: "Blind" });
  const { id: accountId, mail } = await makeAccountWithPassword(db, { name: "Rita" });
  await db.insert(memberships).values({ projectId, accountId, role: "expert" });
  const { sittings } = await makeBlindProject(db, { projectId, raterId: accountId });
  await close();
  return { mail, sittings };
}

type Received = { address: string; headers: string; type: string; body: Buffer };

/** All that the browser gets from here on, redirects too; a stream of live events has no end to wait for. */
async function receivedBy(page: Page): Promise<Received[]> {
  const received: Received[] = [];
  await page.route(
    (url) => !url.pathname.includes("live.projects"),
    async (route) => {
      const response = await route.fetch({ maxRedirects: 0 });
      const body = await response.body();
      const headers = response.headers();
      received.push({
        address: response.url(),
        headers: JSON.stringify(headers),
        type: headers["content-type"] ?? "",
        body,
      });
      await route.fulfill({ response, body });
    },
  );
  return received;
}

/** Names and values in JSON, also where it lies within a page's script. */
const tellingIn = (text: string) =>
  TELLING.filter((word) => new RegExp(`"${word}\\\\?"\\s*:|:\\s*\\\\?"${word}\\\\?"`).test(text));

test("nothing that a rater's browser receives tells where images come from, what others said, or what a grid is for", async ({
  instance,
  stranger: page,
}) => {
  test.setTimeout(120_000);
  const { mail, sittings } = await stage(instance);
  const received = await receivedBy(page);

  await page.goto("/sign-in");
  await page.getByLabel("Mail").fill(mail);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(/\/rate$/);
  for (const { sittingId } of sittings) {
    await page.goto(`/rate/${sittingId}`);
    await expect(page.getByRole("grid")).toHaveAttribute("aria-busy", "false");
  }
  for (const key of CELL_KEYS) await page.keyboard.press(key);
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(new RegExp(`${sittings.at(-1)?.sittingId}$`));
  await page.goto("/rate", { waitUntil: "networkidle" });

  const kinds = ["text/html", "application/json", "image/webp", "javascript"];
  for (const kind of kinds) expect(received.some(({ type }) => type.includes(kind))).toBe(true);
  for (const { address, headers, type, body } of received) {
    const bytes = Buffer.concat([Buffer.from(`${address}\n${headers}\n`), body]);
    const found = SECRETS.filter((secret) => bytes.includes(secret));
    expect([address, found]).toEqual([address, []]);
    const isData = /html|json|x-component/.test(type);
    expect([address, isData ? tellingIn(body.toString()) : []]).toEqual([address, []]);
  }
});
