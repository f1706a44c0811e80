import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";

const SOURCE = fileURLToPath(import.meta.resolve("axe-core/axe.min.js"));
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

// An experiment of axe's that takes the key printed on a control for a part of its label.
const RULES = { "label-content-name-mismatch": { enabled: false } };
// Of what is as it should be nobody asks for each place: there are thousands.
const FOUND = { resultTypes: ["violations"] };
const EVERY_RULE = { runOnly: { type: "tag", values: TAGS }, rules: RULES, ...FOUND };
const COLOURS = {
  runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] },
  ...FOUND,
};

type AxeResults = { violations: { id: string; help: string; nodes: { html: string }[] }[] };
type Axe = { run: (root: Document, options: object) => Promise<AxeResults> };

/** What axe-core finds on the page as it stands, one line a place; empty when it is as it should be. */
export const violationsOn = (page: Page): Promise<string[]> => find(page, EVERY_RULE);

/** The same in light, and all that can differ in dark. Leaves the page in light. */
export async function violationsInBothThemes(page: Page): Promise<string[]> {
  const light = await find(page, EVERY_RULE);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await find(page, COLOURS);
  await page.emulateMedia({ colorScheme: "light" });
  return [...light, ...dark.map((line) => `dark: ${line}`)];
}

async function find(page: Page, options: object): Promise<string[]> {
  const isThere = await page.evaluate(() => "axe" in window);
  if (!isThere) await page.evaluate(await readFile(SOURCE, "utf8"));
  return page.evaluate(async (given): Promise<string[]> => {
    // A colour on its way to another is none that anybody has chosen.
    for (const fade of document.getAnimations()) {
      if (Number.isFinite(fade.effect?.getComputedTiming().endTime)) fade.finish();
    }
    const { axe } = window as unknown as { axe: Axe };
    const { violations } = await axe.run(document, given);
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`),
    );
  }, options);
}
