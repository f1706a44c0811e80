import { readFile } from "node:fs/promises";
import Papa from "papaparse";
import { beforeEach, expect, test } from "vitest";
import { sha256 } from "@/server/core/secret";
import { judgeLook } from "@/server/generation/judge-look";
import { StartCapability } from "@/server/generation/schemas";
import { startCapability } from "@/server/generation/start-capability";
import { startPrecheck } from "@/server/generation/start-precheck";
import { startRun } from "@/server/generation/start-run";
import { countContents } from "@/server/release/count-contents";
import { exportPath } from "@/server/release/export-path";
import { requestExport } from "@/server/release/request-export";
import { writeExport } from "@/server/release/write-export";
import { bringIn, lookAt } from "@/tests/support/bring-in";
import { type LookProject, makeLookProject } from "@/tests/support/look-project";
import { makeMember } from "@/tests/support/make/member";
import { readZip } from "@/tests/support/read-zip";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
storageHome();
let project: LookProject;

beforeEach(async () => {
  project = await makeLookProject(db, 2);
});

async function exported() {
  const { exportId } = await requestExport(project.ctx);
  await writeExport({ exportId }, { db, signal: new AbortController().signal });
  const archive = await readFile(exportPath(exportId));
  return { archive, files: readZip(archive) };
}

/** Both pairs pre-checked, a concept of no pair tried alone, and the second pair drawn in full. */
async function lookedAt() {
  const { ctx, pairIds } = project;
  await startPrecheck(ctx, { pairIds });
  await startCapability(ctx, StartCapability.parse({ concepts: ["tea cup", "lighthouse"] }));
  await project.draw();
  const [first, second, cup] = await project.looks();
  await judgeLook(ctx, { kind: "precheck", lookId: first!.id, verdict: "fine" });
  await judgeLook(ctx, { kind: "precheck", lookId: second!.id, verdict: "wrong" });
  await judgeLook(ctx, { kind: "capability", lookId: cup!.id, wrong: [0, 1, 2, 3, 4] });
  await startRun(ctx, { pairIds: [pairIds[1]!] });
  await project.draw();
}

const csv = (file: Buffer | undefined) =>
  Papa.parse<Record<string, string>>(file!.toString(), { header: true, skipEmptyLines: true }).data;
const imagesIn = (files: Map<string, Buffer>) =>
  [...files.keys()].filter((name) => name.startsWith("images/"));

test("the page announces as many images as the archive holds, those of first looks among them", async () => {
  await lookedAt();
  const announced = await countContents(project.ctx);
  const { files } = await exported();

  const held = imagesIn(files);
  // Four of each pre-check, twenty of each concept, twenty of the grid.
  expect(held).toHaveLength(4 + 4 + 20 + 20 + 20);
  expect(announced).toMatchObject({ images: held.length, looks: 4 });
  expect(announced.imageBytes).toBe(held.reduce((sum, name) => sum + files.get(name)!.length, 0));
});

test("looks.csv says of each look who judged it, what was seen and what came of it, and names its images", async () => {
  await lookedAt();
  const { files } = await exported();

  const looks = csv(files.get("looks.csv"));
  expect(looks).toMatchObject([
    { kind: "precheck", verdict: "plainly_fine", came_of_it: "set aside as plainly fine" },
    { kind: "precheck", verdict: "wrong", came_of_it: "went on to its grid", correct: "0" },
    { kind: "capability", concept: "tea cup", verdict: "cannot_be_drawn", correct: "15" },
    { kind: "capability", concept: "lighthouse", state: "ready", verdict: "", rater: "" },
  ]);
  expect(looks[0]).toMatchObject({
    prompt: "iced coke, tea cup",
    source: "human",
    rater: expect.stringMatching(/^r-/),
    judged_at: expect.stringMatching(/Z$/),
  });
  for (const { images, kind } of looks) {
    const names = images!.split(" ");
    expect(names).toHaveLength(kind === "precheck" ? 4 : 20);
    for (const name of names) expect(files.has(name)).toBe(true);
  }
  expect(files.get("README.md")!.toString()).toContain("## looks.csv");
});

test("a pair's record holds its first look, those at its concepts alone, and the decisions on them", async () => {
  await lookedAt();
  const { files } = await exported();

  const [first] = files.get("pairs.jsonl")!.toString().split("\n");
  const { looks, decisions } = JSON.parse(first!);
  expect(looks.map((look: { kind: string; verdict: string }) => [look.kind, look.verdict])).toEqual(
    [
      ["precheck", "plainly_fine"],
      ["capability", "cannot_be_drawn"],
    ],
  );
  expect(decisions.map((made: { action: string }) => made.action)).toContain("look.judge");
  for (const image of looks[0].images) expect(sha256(files.get(image.file)!)).toBe(image.sha256);
});

test("an archive with first looks can be imported; what was seen at a glance is said to stay behind", async () => {
  await lookedAt();
  const { archive } = await exported();
  const other = await makeMember(db);

  const { leftOut } = await lookAt(other, archive, { fileName: "export.zip" });
  const row = await bringIn(other, archive, { fileName: "export.zip" });

  expect(leftOut.join()).toMatch(/3 looks/);
  expect(row).toMatchObject({ state: "done", result: { pairs: 2, images: 20 } });
});
