import type { Page } from "@playwright/test";
import { violationsInBothThemes } from "@/tests/support/axe";
import { expect, test } from "@/tests/support/e2e";
import { openFilledProject } from "@/tests/support/filled-project";
import { listRoutes } from "@/tests/support/routes";

type Filled = Awaited<ReturnType<typeof openFilledProject>>;

/** Where each route is looked at; a page without a line here fails the test below. */
const addresses = (filled: Filled): Record<string, string[]> => {
  const project = `/p/${filled.slug}`;
  return {
    "/": ["/"],
    "/sign-in": ["/sign-in"],
    "/setup": ["/setup"],
    "/invite/[token]": [`/invite/${filled.tokenOf.invite}`, "/invite/no-such-token"],
    "/reset/[token]": [`/reset/${filled.tokenOf.reset}`, "/reset/no-such-token"],
    "/settings": ["/settings"],
    "/settings/account": ["/settings/account"],
    "/settings/audit": ["/settings/audit"],
    "/settings/bridges": ["/settings/bridges"],
    "/settings/llm": ["/settings/llm"],
    "/settings/meaning": ["/settings/meaning"],
    "/settings/people": ["/settings/people"],
    "/p/[project]": [project],
    "/p/[project]/budgets": [`${project}/budgets`],
    "/p/[project]/exchanges": [`${project}/exchanges`],
    "/p/[project]/exchanges/[id]": [`${project}/exchanges/${filled.exchangeId}`],
    "/p/[project]/export": [`${project}/export`],
    "/p/[project]/generators": [`${project}/generators`],
    "/p/[project]/generators/[generator]": [`${project}/generators/${filled.generatorId}`],
    "/p/[project]/generators/[generator]/revise": [
      `${project}/generators/${filled.generatorId}/revise`,
    ],
    "/p/[project]/generators/new": [`${project}/generators/new`],
    "/p/[project]/import": [`${project}/import`],
    "/p/[project]/looks": [`${project}/looks`],
    "/p/[project]/members": [`${project}/members`],
    "/p/[project]/metrics": [`${project}/metrics`],
    "/p/[project]/pairs": [`${project}/pairs`, `${project}/pairs?view=review`],
    "/p/[project]/pairs/[id]": [`${project}/pairs/${filled.pairId}`],
    "/p/[project]/patterns": [`${project}/patterns`],
    "/p/[project]/patterns/[id]": [`${project}/patterns/${filled.patternId}`],
    "/p/[project]/patterns/[id]/board": [`${project}/patterns/${filled.patternId}/board`],
    "/p/[project]/compare": [`${project}/compare`],
    "/p/[project]/compare/new": [`${project}/compare/new`],
    "/p/[project]/plots": [`${project}/plots`],
    "/p/[project]/rating": [`${project}/rating`],
    "/p/[project]/rating/adjudication": [`${project}/rating/adjudication`],
    "/p/[project]/rating/adjudication/[grid]": [
      `${project}/rating/adjudication/${filled.disputedGridId}`,
    ],
    "/p/[project]/rating/agreement": [`${project}/rating/agreement`],
    "/p/[project]/rating/gold": [`${project}/rating/gold`],
    "/p/[project]/rating/marks": [`${project}/rating/marks`],
    "/p/[project]/rating/progress": [`${project}/rating/progress`],
    "/p/[project]/runs": [`${project}/runs`],
    "/p/[project]/runs/[number]": [`${project}/runs/${filled.runNumber}`],
    "/p/[project]/settings": [`${project}/settings`],
    "/rate": [`/rate?project=${filled.slug}`],
    "/rate/[sitting]": [`/rate/${filled.sittingId}`],
  };
};

/** What it tells once its scripts run and nothing of it is on its way any more. */
async function violationsAt(page: Page, address: string): Promise<string[]> {
  await page.goto(address, { waitUntil: "networkidle" });
  await expect(page.locator(".sheen")).toHaveCount(0);
  return (await violationsInBothThemes(page)).map((line) => `${address}: ${line}`);
}

/** As many addresses at a time as there are pages: one loads and comes to rest while axe reads another. */
async function violationsAtAll(pages: Page[], addresses: string[]): Promise<string[]> {
  const left = [...addresses];
  const found: string[] = [];
  const visit = async (page: Page) => {
    for (let next = left.shift(); next; next = left.shift()) {
      found.push(...(await violationsAt(page, next)));
    }
  };
  await Promise.all(pages.map(visit));
  return found;
}

const isDoor = (route: string) => /^\/(sign-in|setup|invite|reset)/.test(route);

test("axe finds nothing on any screen of the product, light and dark", async ({
  page,
  stranger,
  instance,
}) => {
  test.setTimeout(300_000);
  const filled = await openFilledProject(page, instance);
  const byRoute = addresses(filled);
  expect(Object.keys(byRoute).toSorted()).toEqual(listRoutes());

  const [doors, rooms] = [true, false].map((door) =>
    Object.entries(byRoute)
      .filter(([route]) => isDoor(route) === door)
      .flatMap(([, all]) => all),
  );
  const inside = [page, await page.context().newPage()];
  const found = await violationsAtAll(inside, [...rooms!, "/no-such-page"]);
  found.push(...(await violationsAtAll([stranger], doors!)));
  await filled.close();

  expect(found).toEqual([]);
});
