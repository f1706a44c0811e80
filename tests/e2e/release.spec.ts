import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { sha256 } from "@/server/core/secret";
import { expect, test } from "@/tests/support/e2e";
import { readZip } from "@/tests/support/read-zip";

test.describe.configure({ mode: "serial" });

type Summary = { pairs: number; images: number; verdicts: number; levels: Record<string, number> };

/** Plays the demo against the running instance, as `npm run demo` does. */
async function playDemo(home: string, pairs: number, json: string) {
  const demo = spawn(
    process.execPath,
    ["scripts/demo.mjs", "--pairs", String(pairs), "--json", json],
    {
      env: { ...process.env, TEACUP_HOME: home },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let output = "";
  demo.stdout.on("data", (chunk) => {
    output += chunk;
  });
  const [code] = await once(demo, "exit");
  return { code, output };
}

test("the demo takes six pairs to Levels of several kinds, and again without doubling anything", async ({
  instance,
}) => {
  test.setTimeout(300_000);
  const json = join(instance.home, "demo.json");
  const read = async (): Promise<Summary> => JSON.parse(await readFile(json, "utf8"));

  const first = await playDemo(instance.home, 6, json);
  expect(first, first.output).toMatchObject({ code: 0 });
  const summary = await read();
  expect(summary).toMatchObject({ pairs: 6, renders: 30, images: 120, verdicts: 120 });
  const kinds = Object.values(summary.levels).filter((pairs) => pairs > 0);
  expect(kinds.length).toBeGreaterThan(1);
  expect(kinds.reduce((sum, pairs) => sum + pairs)).toBe(6);

  const second = await playDemo(instance.home, 6, json);
  expect(second, second.output).toMatchObject({ code: 0 });
  expect(await read()).toMatchObject({ images: 120, verdicts: 120, levels: summary.levels });
});

test("a researcher follows a Level from its pair page back to the call and the images", async ({
  page,
}) => {
  await page.goto("/");
  await page
    .getByRole("link", { name: /Demo: everyday objects/ })
    .first()
    .click();
  await page
    .getByRole("navigation", { name: "Project" })
    .getByRole("link", { name: "Pairs" })
    .click();
  // The proposer may leave a pair more than the demo accepts; it stands above.
  const drawn = page.getByRole("row").filter({ hasText: "Accepted" }).first();
  await drawn.getByRole("link").first().click();

  const chain = page.getByRole("list", { name: "Where the Level comes from" });
  await expect(chain.getByRole("img", { name: /Level \d, simulated rater/ })).toBeVisible();
  await expect(chain.getByText("simulated rater")).toBeVisible();
  const sheet = page.getByRole("region", { name: "Sketch simulator, revision 1" });
  await expect(
    sheet.getByRole("button", { name: /^Prompt \d, seed \d: (in)?correct$/ }),
  ).toHaveCount(20);
  await sheet.getByRole("button", { name: /^Prompt 1, seed 1/ }).focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press(".");
  const image = /^By Sketch simulator, revision 1, seed \d+$/;
  await expect(
    page.getByRole("dialog", { name: "Prompt 2, seed 1" }).getByRole("img", { name: image }),
  ).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(
    page.getByRole("dialog", { name: "Prompt 2, seed 2" }).getByRole("img", { name: image }),
  ).toBeVisible();
});

test("the export page ends in a zip whose every file has the hash of its manifest", async ({
  page,
}, testInfo) => {
  await page.goto("/");
  await page
    .getByRole("link", { name: /Demo: everyday objects/ })
    .first()
    .click();
  await page
    .getByRole("navigation", { name: "Project" })
    .getByRole("link", { name: "Export" })
    .click();
  const rows = page.getByRole("table", { name: "Exports" }).getByRole("link", { name: "Download" });
  await expect(rows.first()).toBeVisible();
  const before = await rows.count();

  await page.getByRole("button", { name: "Export" }).click();
  await expect(rows).toHaveCount(before + 1);
  const downloading = page.waitForEvent("download");
  await rows.first().click();
  const download = await downloading;
  await download.saveAs(testInfo.outputPath("export.zip"));

  expect(download.suggestedFilename()).toMatch(/\.zip$/);
  const files = readZip(await readFile(testInfo.outputPath("export.zip")));
  const manifest = JSON.parse(files.get("manifest.json")!.toString());
  for (const { name, sha256: hash } of manifest.files) expect(sha256(files.get(name)!)).toBe(hash);
  expect(
    manifest.files.filter(({ name }: { name: string }) => name.startsWith("images/")).length,
  ).toBe(120);
});
