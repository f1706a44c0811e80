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

/** All that the browser gets from here on, redirects too; the stream of live events has no end, `liveEvents` reads it. */
async function receivedBy(page: Page): Promise<Received[]> {
  const received: Received[] = [];
  await page.route(
    (url) => !url.pathname.includes("live.projects"),
    async (route) => {
      // A connection that the server closes while it is taken up again is no answer: it is asked anew.
      const response = await route.fetch({ maxRedirects: 0, maxRetries: 2 });
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

/** The stream of live events, as this rater's browser would get it; answers what came until now. */
async function liveEvents(page: Page): Promise<() => Promise<Received>> {
  const stream = await page.context().newPage();
  await stream.goto("/rate");
  const reading = await stream.evaluateHandle(async () => {
    const input = encodeURIComponent(JSON.stringify({ json: null }));
    const response = await fetch(`/api/trpc/live.projects?input=${input}`, {
      headers: { accept: "text/event-stream" },
    });
    const said = { address: response.url, headers: "", type: "", text: "" };
    said.headers = JSON.stringify([...response.headers]);
    said.type = response.headers.get("content-type") ?? "";
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    const read = async () => {
      for (;;) {
        const part = await reader?.read();
        if (!part?.value) return;
        said.text += part.value;
      }
    };
    void read();
    return said;
  });
  await expect.poll(() => reading.evaluate(({ text }) => text)).toContain("resync");
  return async () => {
    const { text, ...said } = await reading.evaluate((all) => all);
    return { ...said, body: Buffer.from(text) };
  };
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
  const live = await liveEvents(page);
  // A page that leaves gives back what was not seen; here each of them is to be opened after it.
  await page.addInitScript(() => {
    window.addEventListener("pagehide", (event) => event.stopImmediatePropagation(), true);
  });
  for (const { sittingId } of sittings) {
    await page.goto(`/rate/${sittingId}`);
    await expect(page.getByRole("grid")).toHaveAttribute("aria-busy", "false");
  }
  for (const key of CELL_KEYS) await page.keyboard.press(key);
  await page.keyboard.press("Enter");
  await expect(page).not.toHaveURL(new RegExp(`${sittings.at(-1)?.sittingId}$`));
  await page.goto("/rate", { waitUntil: "networkidle" });
  received.push(await live());

  const kinds = ["text/html", "application/json", "image/webp", "javascript", "event-stream"];
  for (const kind of kinds) expect(received.some(({ type }) => type.includes(kind))).toBe(true);
  for (const { address, headers, type, body } of received) {
    const bytes = Buffer.concat([Buffer.from(`${address}\n${headers}\n`), body]);
    const found = SECRETS.filter((secret) => bytes.includes(secret));
    expect([address, found]).toEqual([address, []]);
    const isData = /html|json|x-component|event-stream/.test(type);
    expect([address, isData ? tellingIn(body.toString()) : []]).toEqual([address, []]);
  }
});
