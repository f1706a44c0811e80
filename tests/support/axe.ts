import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";

const SOURCE = fileURLToPath(import.meta.resolve("axe-core/axe.min.js"));
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

// An experiment of axe's that takes the key printed on a control for a part of its label.
const RULES = { "label-content-name-mismatch": { enabled: false } };

type AxeResults = { violations: { id: string; help: string; nodes: { html: string }[] }[] };

/** What axe-core finds on the page as it stands, one line a place; empty when it is as it should be. */
export async function violationsOn(page: Page): Promise<string[]> {
  await page.evaluate(await readFile(SOURCE, "utf8"));
  const options = { runOnly: { type: "tag", values: TAGS }, rules: RULES };
  const { violations } = await page.evaluate((given): Promise<AxeResults> => {
    const { axe } = window as unknown as {
      axe: { run: (root: Document, options: object) => Promise<AxeResults> };
    };
    return axe.run(document, given);
  }, options);
  return violations.flatMap(({ id, help, nodes }) =>
    nodes.map(({ html }) => `${id}: ${help}: ${html.slice(0, 160)}`),
  );
}
