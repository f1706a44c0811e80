import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "@/tests/support/e2e";

/** Calls a procedure as the page would. */
async function call(page: Page, url: string, procedure: string, input: object) {
  const answer = await page.request.post(`/api/trpc/${procedure}`, {
    data: { json: input },
    headers: { origin: url },
  });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()).result.data.json;
}

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

test("guidance goes into the next question, which is kept, shows what it was made of, and can be run again", async ({
  page,
  instance,
}) => {
  const name = `Log ${randomUUID().slice(0, 8)}`;
  const { slug } = await call(page, instance.url, "project.create", { name });
  const pattern = { name: "Fruit and incorrect tree", category: "lcmis" };
  const { id } = await call(page, instance.url, "mining.createPattern", {
    project: slug,
    ...pattern,
  });
  const pairs = [{ a: "lemon", b: "coconut palm", latent: "lemon tree" }];
  await call(page, instance.url, "mining.addPairs", { project: slug, patternId: id, pairs });

  await page.goto(`/p/${slug}/patterns`);
  await button(page, "More for Fruit and incorrect tree").click();
  await page.getByRole("menuitem", { name: "Guidance" }).click();
  await page.getByLabel("Guidance", { exact: true }).fill("Prefer small fruit.");
  await button(page, "Save as version 1").click();
  await expect(page.getByRole("dialog")).toBeHidden();

  await call(page, instance.url, "mining.requestBatch", { project: slug, patternId: id, n: 3 });
  await page.goto(`/p/${slug}/pairs?view=review`);
  await page.getByRole("link", { name: "learned from 1 exemplar" }).click();
  const madeOf = page.getByRole("region", { name: "What it was made of" });
  await expect(madeOf.getByRole("link", { name: "lemon × coconut palm" })).toBeVisible();
  await expect(madeOf.getByText("Prefer small fruit.")).toBeVisible();

  await button(page, "Run again with …").click();
  await page.getByLabel("Temperature").fill("1.2");
  await page.getByLabel("Guidance").fill("Prefer large fruit.");
  await button(page, "Run again").last().click();
  const again = page.getByRole("region", { name: "Run again" });
  await expect(again.getByText("temperature 1.2, other guidance")).toBeVisible();
  await expect(again.getByText("Could be used")).toBeVisible();

  await page.goto(`/p/${slug}/exchanges?purpose=expand_pattern`);
  const rows = page.getByRole("table", { name: "Exchanges" }).getByRole("row");
  await expect(rows).toHaveCount(3);
  await expect(rows.nth(1)).toContainText("run again");
});

test("a pair can be pinned as an example from its page", async ({ page, instance }) => {
  const name = `Pin ${randomUUID().slice(0, 8)}`;
  const { slug } = await call(page, instance.url, "project.create", { name });
  const pattern = { name: "Fruit and incorrect tree", category: "lcmis" };
  const { id } = await call(page, instance.url, "mining.createPattern", {
    project: slug,
    ...pattern,
  });
  const pairs = [{ a: "lemon", b: "coconut palm", latent: "lemon tree" }];
  const { pairIds } = await call(page, instance.url, "mining.addPairs", {
    project: slug,
    patternId: id,
    pairs,
  });
  await page.goto(`/p/${slug}/pairs/${pairIds[0]}`);
  await button(page, "Example").click();
  await page.getByRole("menuitemradio", { name: "Always shown" }).click();
  await page.keyboard.press("Escape");

  await expect(button(page, "Pinned example")).toBeVisible();
});

test("the proposer adds what is seen instead, a drawing order and descriptions to a pair, and guesses for the others at once", async ({
  page,
  instance,
}) => {
  const name = `Added ${randomUUID().slice(0, 8)}`;
  const { slug } = await call(page, instance.url, "project.create", { name });
  const pattern = { name: "Fruit and incorrect tree", category: "lcmis" };
  const { id } = await call(page, instance.url, "mining.createPattern", {
    project: slug,
    ...pattern,
  });
  const pairs = [
    { a: "lemon", b: "coconut palm" },
    { a: "cherries", b: "coconut palm" },
  ];
  const { pairIds } = await call(page, instance.url, "mining.addPairs", {
    project: slug,
    patternId: id,
    pairs,
  });

  await page.goto(`/p/${slug}/pairs/${pairIds[0]}`);
  const adds = page.getByRole("region", { name: "What the proposer can add" });
  await expect(adds.getByText("Not asked yet")).toHaveCount(5);
  for (const what of ["Seen instead", "Drawing order", "Descriptions"])
    await adds.getByRole("button", { name: `Ask: ${what}` }).click();
  await expect(adds).toContainText("lemon tree, now expected instead");
  await expect(adds).toContainText("coconut palm first, then lemon");
  await expect(adds.getByText("The proposer's answer")).toHaveCount(2);
  await expect(adds.getByText(/^Default: /)).toHaveCount(2);
  await expect(adds).toContainText("oval bright yellow citrus fruit");
  await expect(page.getByText("Expected to be replaced by lemon tree.")).toBeVisible();

  await page.goto(`/p/${slug}/pairs`);
  await button(page, "Ask the proposer…").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("button", { name: "Ask about 1 pair" }).click();
  await expect(page.getByText("1 pair asked about").first()).toBeVisible();
  const table = page.getByRole("table", { name: "Pairs" });
  await expect(table.getByRole("row", { name: /^cherries/ })).toContainText("cherry tree");
  await page.goto(`/p/${slug}/pairs?ask=guess_latent`);
  await expect(dialog).toContainText("All answered or asked");
});
