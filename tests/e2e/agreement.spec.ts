import { readFile } from "node:fs/promises";
import { eq } from "drizzle-orm";
import { connect } from "@/db/client";
import { accounts, memberships } from "@/db/schema";
import { recordVerdictEvents } from "@/server/rating/record-verdict-events";
import { TWO_RATERS_OF_A_GRID } from "@/tests/fixtures/agreement";
import { claimSitting } from "@/tests/support/claim";
import { ADMIN, test as base, expect } from "@/tests/support/e2e";
import { makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { makeProject } from "@/tests/support/make/project";
import { submit, verdictEvent } from "@/tests/support/rate";

/** Two raters judge two pairs, both as the reference's table of 14, 2, 1 and 3 says. */
const test = base.extend<{ slug: string }>({
  slug: async ({ instance }, use) => {
    process.env.TEACUP_HOME = instance.home;
    process.env.DATABASE_URL = instance.databaseUrl;
    const { db, close } = connect(instance.databaseUrl, { max: 2 });
    const { id: projectId, slug } = await makeProject(db);
    const [admin] = await db.select().from(accounts).where(eq(accounts.mail, ADMIN.mail));
    await db.insert(memberships).values({ projectId, accountId: admin!.id, role: "owner" });
    const raters = [
      await makeMember(db, { projectId, role: "expert" }),
      await makeMember(db, { projectId, role: "expert" }),
    ];
    for (const conceptA of ["iced coke", "milk"]) {
      const { imageIds } = await makeGrid(db, { projectId, conceptA, raters: 2 });
      for (const [index, row] of TWO_RATERS_OF_A_GRID.entries()) {
        const sittingId = await claimSitting(raters[index]!);
        const events = imageIds.map((imageId, at) =>
          verdictEvent(imageId, at + 1, row[at] === 1 ? "correct" : "incorrect"),
        );
        await recordVerdictEvents(raters[index]!, { sittingId, events });
        await submit(raters[index]!, sittingId);
      }
    }
    await use(slug);
    await close();
  },
});

test("the agreement page shows the values computed by hand, and hands them out as a file", async ({
  page,
  slug,
}) => {
  await page.goto(`/p/${slug}/rating`, { waitUntil: "networkidle" });
  await page.getByRole("link", { name: "Agreement" }).click();

  // 40 images in all, the shares of the reference: only alpha knows how many there are.
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Raters agree at alpha 0.575 on 40 images: too low for conclusions",
  );
  const all = page.getByRole("table", { name: "Agreement of all raters" });
  await expect(all.getByRole("row", { name: /Gwet’s AC1/ })).toContainText("0.770");
  await expect(all.getByRole("row", { name: /Same verdict/ })).toContainText("0.850");
  await expect(all.getByRole("row", { name: /alpha, Levels/ })).toContainText("2 grids");
  await expect(all.getByRole("row", { name: /silent repeats/ })).toContainText("undefined");
  const two = page.getByRole("table", { name: /^Images by what/ });
  await expect(two.getByRole("row", { name: /^incorrect/ })).toContainText("6");
  await expect(page.getByText(/Cohen’s kappa 0\.571/)).toBeVisible();
  await expect(page.getByText(/Levels of 2 grids.*quadratic weights/)).toBeVisible();

  const figure = page.getByRole("figure").filter({ hasText: "Each rater against the others" });
  await expect(figure.getByRole("img", { name: /Cohen’s kappa/ })).toBeVisible();
  const download = page.waitForEvent("download");
  await figure.getByRole("button", { name: /download CSV/ }).click();
  const csv = await readFile(await (await download).path(), "utf8");
  expect(csv.split("\n")[0]).toContain("rater,value,low_95,high_95,same_verdict,images");
  expect(csv.trim().split("\n")).toHaveLength(3);
});

test("a filter that leaves nobody to compare says so in words", async ({ page, slug }) => {
  await page.goto(`/p/${slug}/rating/agreement?judge=simulated`, { waitUntil: "networkidle" });

  await expect(page.getByText("No image here was judged by two raters.")).toBeVisible();
});
