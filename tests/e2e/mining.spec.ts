import { randomUUID } from "node:crypto";
import type { Locator, Page } from "@playwright/test";
import { test as base, expect } from "@/tests/support/e2e";
import { untilAlive } from "@/tests/support/hydrated";
import { makePng } from "@/tests/support/make-png";
import { writeZip } from "@/tests/support/write-zip";

type Mining = { slug: string; pattern: string };

const PATTERN = "Animal and incorrect place";

/** A project with one pattern that the offline proposer knows. */
const test = base.extend<{ mining: Mining }>({
  mining: async ({ page, instance }, use) => {
    const call = async (procedure: string, input: Record<string, unknown>) => {
      const answer = await page.request.post(`/api/trpc/${procedure}`, {
        data: { json: input },
        headers: { origin: instance.url },
      });
      expect(answer.ok(), await answer.text()).toBe(true);
      return (await answer.json()).result.data.json;
    };
    const { slug } = await call("project.create", { name: `Mining ${randomUUID().slice(0, 8)}` });
    await call("mining.createPattern", { project: slug, name: PATTERN, category: "lcmis" });
    await use({ slug, pattern: PATTERN });
  },
});

/** Opens a page and waits until the given control is alive: a press before would be lost. */
async function open(page: Page, address: string, control: Locator) {
  await page.goto(address);
  await untilAlive(control);
}

const button = (page: Page, name: string | RegExp) => page.getByRole("button", { name });

const pairRow = (page: Page, a: string, b: string) =>
  page.getByRole("table", { name: "Pairs" }).getByRole("row", { name: new RegExp(`^${a} ${b} `) });

/** The proposer answered, and what it proposed waits. */
async function reviewIsFilled(page: Page, { slug }: Mining) {
  await expect(page.getByText(/^Asked for \d+ pairs/).first()).toBeVisible();
  await page.goto(`/p/${slug}/pairs`);
  await expect(page.getByRole("link", { name: /^Review \d/ })).toBeVisible();
}

test("a typed pair is accepted at once, and its prompts are written", async ({ page, mining }) => {
  await open(page, `/p/${mining.slug}/pairs`, button(page, "Add a pair"));
  await button(page, "Add a pair").click();
  await page.getByLabel("Concept A").fill("monkey");
  await page.getByLabel("Concept B").fill("the monkeys");
  await expect(page.getByText("A and B are the same concept")).toBeVisible();
  await page.getByLabel("Concept B").fill("ice floe");
  await page.getByLabel("Expected instead").fill("jungle");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Added monkey × ice floe").first()).toBeVisible();

  await page.getByLabel("Concept A").fill("Ice-Floes");
  await page.getByLabel("Concept B").fill("a monkey");
  await page.keyboard.press("Enter");
  await expect(page.getByText("already here as monkey × ice floe")).toBeVisible();
  await expect(page.getByLabel("Concept A")).toHaveValue("Ice-Floes");
  await page.keyboard.press("Escape");

  await expect(pairRow(page, "monkey", "ice floe")).toContainText("Accepted");
  await expect(pairRow(page, "monkey", "ice floe")).toContainText("Written");
});

test("a pair that is typed while the one before is being saved is kept, and added too", async ({
  page,
  mining,
}) => {
  let letGo = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  await page.route(/mining\.addPairs/, async (route) => {
    await held;
    await route.continue();
  });
  await open(page, `/p/${mining.slug}/pairs`, button(page, "Add a pair"));
  await button(page, "Add a pair").click();
  await page.getByLabel("Concept A").fill("penguin");
  await page.getByLabel("Concept B").fill("desert");
  await page.keyboard.press("Enter");
  await page.getByLabel("Concept A").fill("camel");
  await page.getByLabel("Concept B").fill("sea");
  letGo();
  await expect(page.getByText("Added penguin × desert").first()).toBeVisible();
  await expect(page.getByLabel("Concept A")).toHaveValue("camel");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Added camel × sea").first()).toBeVisible();
});

test("what the form of prompts refuses is in view, and so are its buttons", async ({
  page,
  mining,
}) => {
  await open(page, `/p/${mining.slug}/pairs`, button(page, "Add a pair"));
  await button(page, "Add a pair").click();
  await page.getByLabel("Concept A").fill("monkey");
  await page.getByLabel("Concept B").fill("ice floe");
  await page.keyboard.press("Enter");
  await expect(page.getByText("Added monkey × ice floe").first()).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(pairRow(page, "monkey", "ice floe")).toContainText("Written");
  await pairRow(page, "monkey", "ice floe").getByRole("link").first().click();
  await page.getByRole("button", { name: "Edit", exact: true }).click();

  const form = page.getByRole("dialog", { name: "Prompts for monkey × ice floe" });
  const save = form.getByRole("button", { name: "Save as a new version" });
  await expect(save).toBeInViewport({ ratio: 1 });
  await form.getByLabel("Prompt 1").fill("a monkey sits quietly on an ice floe ".repeat(10));
  await save.click();
  await expect(form.getByRole("alert")).toHaveText("Prompt 2: it is not longer than prompt 1");
  await expect(form.getByRole("alert")).toBeInViewport({ ratio: 1 });
  await expect(save).toBeInViewport({ ratio: 1 });
});

test("an import with a wrong line adds nothing; the mended one adds all", async ({
  page,
  mining,
}) => {
  const header = "concept_a;concept_b;latent;pattern";
  const good = [`penguin;desert;ice floe;${PATTERN}`, `café owl;sea;;${PATTERN}`];
  await open(page, `/p/${mining.slug}/import`, button(page, "Preview"));
  await page.getByLabel("Or paste it here").fill([header, ...good, "cow;cows;;"].join("\n"));
  await button(page, "Preview").click();
  const lines = page.getByRole("table", { name: "Lines" });
  await expect(lines.getByRole("row", { name: /^4 Wrong/ })).toContainText(
    "A and B are the same concept",
  );
  await expect(button(page, /^Add/)).toHaveCount(0);

  const latin = Buffer.from([header, ...good].join("\r\n"), "latin1");
  const file = { name: "pairs.csv", mimeType: "text/csv", buffer: latin };
  await page.getByLabel("File", { exact: true }).setInputFiles(file);
  await button(page, "Read it as Latin-1").click();
  await button(page, "Preview").click();
  await button(page, "Add 2 pairs").click();

  await page.waitForURL(/\/pairs$/);
  await expect(pairRow(page, "penguin", "desert")).toContainText("Import");
  // The simulator knows no such owl, and the list says so beside it.
  await expect(pairRow(page, "café owl unknown to Sketch simulator", "sea")).toBeVisible();
});

test("the authors' rows come with the Levels that a person confirms", async ({ page, mining }) => {
  const file = "tests/fixtures/import/173_level5_experiment_data_6patterns.json";
  await open(page, `/p/${mining.slug}/import`, button(page, "Preview"));
  await page.getByLabel("File", { exact: true }).setInputFiles(file);
  await page.getByLabel("Pattern of rows that name none").selectOption(mining.pattern);
  await button(page, "Preview").click();
  await expect(page.getByText("Read as rows of A, B and prompt")).toBeVisible();
  await expect(page.getByText("Its prompts are kept, but not as a set").first()).toBeVisible();
  await button(page, "These are reported so").click();
  await expect(page.getByText("Reported as Level 5 by Midjourney, 2023-10-01")).toBeVisible();
  await page.getByLabel("Ask for the five prompts of those without").uncheck();
  await button(page, "Add 3 pairs").click();

  await page.waitForURL(/\/pairs$/);
  await page
    .getByRole("link", { name: /tea cup/ })
    .first()
    .click();
  await expect(page.getByRole("heading", { name: "Reported elsewhere" })).toBeVisible();
  await expect(page.getByText(/by Midjourney · 2023-10-01 · raters unknown/)).toBeVisible();
});

test("twenty images of a zip come in as a grid of their own generator", async ({
  page,
  mining,
}) => {
  const png = (hue: number) =>
    makePng({ width: 64, height: 64, paint: (row, y) => row.fill((hue * 12 + y) % 256) });
  const ends = ["", " now", " now here", " now here again", " now here again today"];
  const prompts = ends.map((end) => `A lynx on a sofa${end}`);
  const images = prompts.flatMap((prompt, at) =>
    [0, 1, 2, 3].map((row) => ({
      file: `${at}-${row}.png`,
      a: "lynx",
      b: "sofa",
      prompt,
      generator: "Other",
    })),
  );
  const archive = writeZip([
    { name: "manifest.json", content: JSON.stringify(images) },
    ...images.map(({ file }, at) => ({ name: file, content: png(at) })),
  ]);
  await open(page, `/p/${mining.slug}/import`, button(page, "Preview"));
  const upload = { name: "lynx.zip", mimeType: "application/zip", buffer: archive };
  await page.getByLabel("File", { exact: true }).setInputFiles(upload);
  await page.getByLabel("Pattern of rows that name none").selectOption(mining.pattern);
  await button(page, "Preview").click();
  await expect(page.getByText("20 images of Other, a grid to rate")).toBeVisible();
  await button(page, "Add 1 pair").click();

  await page.waitForURL(/\/pairs$/);
  await page.getByRole("link", { name: /lynx/ }).first().click();
  const sheet = page.getByRole("region", { name: "Other (imported), revision 1" });
  await expect(sheet.locator("img")).toHaveCount(20);
});

test("proposals of the offline proposer are reviewed with the keyboard alone", async ({
  page,
  mining,
}) => {
  await open(page, `/p/${mining.slug}/patterns`, button(page, "Propose pairs"));
  await button(page, "Propose pairs").click();
  await page.getByLabel("How many").fill("6");
  await page.keyboard.press("Enter");
  await reviewIsFilled(page, mining);
  await open(page, `/p/${mining.slug}/pairs?view=review`, button(page, /^Accept/));
  const queue = page.getByRole("navigation", { name: "Review queue" });
  const current = queue.locator("[aria-current]");
  const heading = page.getByRole("heading", { level: 1 });
  const left = async () =>
    Number(/of (\d+)/.exec((await queue.getByRole("heading").textContent()) ?? "")?.[1]);
  const total = await left();
  expect(total).toBeGreaterThanOrEqual(4);
  await expect(page.getByText("Offline proposer, batch 1")).toBeVisible();

  const first = (await heading.textContent()) ?? "";
  await page.keyboard.press("a");
  await expect(heading).not.toHaveText(first);
  expect(await left()).toBe(total - 1);

  const second = (await heading.textContent()) ?? "";
  await page.keyboard.press("x");
  await page.keyboard.press("2");
  await expect(heading).not.toHaveText(second);
  expect(await left()).toBe(total - 2);

  await page.keyboard.press("Backspace");
  await expect(heading).toHaveText(second);
  expect(await left()).toBe(total - 1);

  await page.keyboard.press("ArrowDown");
  await expect(heading).not.toHaveText(second);
  await page.keyboard.press("ArrowUp");
  await expect(heading).toHaveText(second);
  await expect(current).toContainText(second.split("×")[0]!.trim());

  await page.keyboard.press("e");
  await page.getByLabel("Concept A").fill("badger with a hat");
  await page.keyboard.press("Enter");
  await expect(heading).toContainText("badger with a hat");
  await page.keyboard.press("7");
  await page.keyboard.type("too many things at once");
  await page.keyboard.press("Enter");
  await expect(heading).not.toContainText("badger");

  for (let rest = total - 2; rest > 0; rest -= 1) await page.keyboard.press("a");
  await expect(page.getByText("All proposals are decided.")).toBeVisible();
  await expect(page.getByText("Saved", { exact: true })).toBeVisible();

  await page.goto(`/p/${mining.slug}/pairs?state=rejected`);
  await expect(page.getByRole("table", { name: "Pairs" }).getByRole("row")).toHaveCount(2);
  await expect(page.getByText("too many things at once")).toBeVisible();
  await page.goto(`/p/${mining.slug}/pairs?state=accepted`);
  await expect(page.getByRole("table", { name: "Pairs" }).getByRole("row")).toHaveCount(total);
});

test("decisions made offline are kept and sent when the network is back", async ({
  page,
  mining,
  context,
}) => {
  await open(page, `/p/${mining.slug}/patterns`, button(page, "Propose pairs"));
  await button(page, "Propose pairs").click();
  await page.keyboard.press("Enter");
  await reviewIsFilled(page, mining);
  await open(page, `/p/${mining.slug}/pairs?view=review`, button(page, /^Accept/));
  await context.setOffline(true);
  for (const key of ["a", "3", "a"]) await page.keyboard.press(key);
  await expect(page.getByText("3 just done")).toBeVisible();
  await expect(page.getByText("Offline, 3 queued")).toBeVisible();

  await context.setOffline(false);
  await expect(page.getByText("Saved", { exact: true })).toBeVisible({ timeout: 20_000 });
  await page.goto(`/p/${mining.slug}/pairs`);
  await expect(page.getByRole("heading", { level: 1 })).toContainText("2 pairs accepted");
});

test("a pattern that the offline proposer does not know waits for a person, with what was asked", async ({
  page,
  mining,
}) => {
  await open(page, `/p/${mining.slug}/patterns`, button(page, "Propose pairs"));
  await page.getByRole("button", { name: "New pattern", exact: true }).click();
  await page.getByLabel("Name").fill("Statue and incorrect hat");
  await button(page, "Add pattern").click();
  await page
    .getByRole("row", { name: /Statue/ })
    .getByRole("button", { name: "Propose pairs" })
    .click();
  await page.keyboard.press("Enter");
  await expect(page.getByText(/^Asked for \d+ pairs/).first()).toBeVisible();
  await page.goto(`/p/${mining.slug}/pairs`);

  const work = page.getByRole("region", { name: "Work of the proposer" });
  await expect(work).toContainText("knows only four families");
  await work.getByRole("link", { name: "What it answered" }).click();
  await expect(page.getByText("What was asked")).toBeVisible();
  await expect(page.getByText("Statue and incorrect hat").first()).toBeVisible();
  await button(page, "Ask again").click();
  await page.waitForURL(/\/pairs$/);
  await work.getByRole("button", { name: "Give up" }).click();
  await expect(work).toHaveCount(0);
});
