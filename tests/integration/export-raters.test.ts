import { readFile } from "node:fs/promises";
import { eq } from "drizzle-orm";
import Papa from "papaparse";
import { beforeAll, expect, test } from "vitest";
import { goldGrids, goldVerdicts, guidelines, seats, sittings } from "@/db/schema";
import { adjudicate } from "@/server/adjudication/adjudicate";
import { clopperPearson } from "@/server/agreement/domain/clopper-pearson";
import type { Estimate } from "@/server/agreement/domain/estimate";
import { claimNextSeat } from "@/server/rating/claim-next-seat";
import { closeRound } from "@/server/rating/close-round";
import { openRound } from "@/server/rating/open-round";
import { writeNote } from "@/server/rating/write-note";
import { exportPath } from "@/server/release/export-path";
import { requestExport } from "@/server/release/request-export";
import { writeExport } from "@/server/release/write-export";
import type { MemberContext } from "@/server/trpc/context";
import { bringIn } from "@/tests/support/bring-in";
import { claimSitting } from "@/tests/support/claim";
import { type MadeGrid, makeGrid } from "@/tests/support/make/grid";
import { makeMember } from "@/tests/support/make/member";
import { judgeAll, submit } from "@/tests/support/rate";
import { readZip } from "@/tests/support/read-zip";
import { showReckoned } from "@/tests/support/show-reckoned";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
storageHome();

async function rate(rater: MemberContext, grid: MadeGrid, correct: number) {
  const sittingId = await claimSitting(rater);
  await judgeAll(rater, sittingId, { imageIds: grid.imageIds, correct });
  await submit(rater, sittingId);
  return sittingId;
}

/** A sitting that measures its rater, as the claim hands them out unannounced. */
async function measured(
  rater: MemberContext,
  grid: MadeGrid,
  { kind, occasion, correct }: { kind: "repeat" | "gold"; occasion: number; correct: number },
) {
  const { projectId } = rater.member;
  const [sitting] = await db
    .insert(sittings)
    .values({ projectId, gridId: grid.gridId, raterId: rater.viewer.accountId, kind, occasion })
    .returning();
  await judgeAll(rater, sitting!.id, { imageIds: grid.imageIds, correct });
  await submit(rater, sitting!.id);
}

/**
 * Three raters of one grid who find 0, 2 and 1 images correct; a tie that the owner settles; Zara's repeat of the first
 * grid with one change, her gold grid with two slips, and a grid that she submits after its seat went to another.
 */
async function stage() {
  const owner = await makeMember(db, { name: "Zzowner Quill" });
  const { projectId } = owner.member;
  const expert = (name: string) => makeMember(db, { projectId, role: "expert", name });
  const zara = await expert("Zara Zzrater");
  const others = [await expert("Yorick Zzrater"), await expert("Xenia Zzrater")] as const;
  const joint = await makeGrid(db, { projectId, withFiles: true, raters: 3 });
  for (const [at, rater] of [zara, ...others].entries()) await rate(rater, joint, [0, 2, 1][at]!);
  const tied = await makeGrid(db, { projectId, withFiles: true, raters: 2 });
  await rate(others[0], tied, 0);
  await rate(others[1], tied, 1);
  await adjudicate(owner, {
    gridId: tied.gridId,
    rulings: [
      {
        imageId: tied.imageIds[0]!,
        verdict: "incorrect",
        reason: "guideline_gap",
        note: "Is a mug a cup?",
        isGuidelineGap: true,
      },
    ],
  });
  await measured(zara, joint, { kind: "repeat", occasion: 2, correct: 1 });
  // While there is no gold grid: one might be due to the second rater, in the place of this.
  const lost = await makeGrid(db, { projectId, withFiles: true });
  await lose(zara, others[0], lost);
  const gold = await makeGold(owner);
  await measured(zara, gold, { kind: "gold", occasion: 1, correct: 2 });
  await endRound(owner);
  return { owner, zara, others, joint, tied, lost };
}

/** None of its images is correct, by what is known of it; nobody is handed it. */
async function makeGold(owner: MemberContext) {
  const { projectId } = owner.member;
  const gold = await makeGrid(db, { projectId, withFiles: true, purpose: "replicate" });
  await db.delete(seats).where(eq(seats.gridId, gold.gridId));
  const createdBy = owner.viewer.accountId;
  await db.insert(goldGrids).values({ gridId: gold.gridId, projectId, use: "gold", createdBy });
  await db.insert(goldVerdicts).values(
    gold.imageIds.map((imageId) => ({
      gridId: gold.gridId,
      imageId,
      verdict: "incorrect" as const,
    })),
  );
  return gold;
}

/** Handed to the first, whose lease ran out; the second completed it, then the first did as well. */
async function lose(first: MemberContext, second: MemberContext, grid: MadeGrid) {
  const sittingId = await claimSitting(first);
  await judgeAll(first, sittingId, { imageIds: grid.imageIds, correct: 3 });
  await writeNote(first, { sittingId, note: "=cmd" });
  await db
    .update(seats)
    .set({ leasedUntil: new Date(0) })
    .where(eq(seats.gridId, grid.gridId));
  const claimed = await claimNextSeat(second);
  if (!claimed || "refused" in claimed) throw new Error("The seat did not come free");
  await judgeAll(second, claimed.sittingId, { imageIds: grid.imageIds, correct: 2 });
  await submit(second, claimed.sittingId);
  await submit(first, sittingId);
}

async function endRound(owner: MemberContext) {
  const { projectId } = owner.member;
  const createdBy = owner.viewer.accountId;
  await db
    .insert(guidelines)
    .values({ projectId, version: 1, text: "Both must be seen.", createdBy });
  await openRound(owner);
  await closeRound(owner, { number: 1, reason: "The paper is out." });
}

async function exported(owner: MemberContext) {
  const { exportId } = await requestExport(owner);
  await writeExport({ exportId }, { db, signal: new AbortController().signal });
  const archive = await readFile(exportPath(exportId));
  return { archive, files: readZip(archive) };
}

type Row = Record<string, string>;
const csv = (file: Buffer | undefined) =>
  Papa.parse<Row>(file!.toString(), { header: true, skipEmptyLines: true }).data;

let made: Awaited<ReturnType<typeof stage>>;
let archive: Buffer;
let files: Map<string, Buffer>;
beforeAll(async () => {
  made = await stage();
  ({ archive, files } = await exported(made.owner));
}, 60_000);

test("no byte of the archive outside of the images names a person, their mail or their account", () => {
  const text = [...files].filter(([name]) => !name.startsWith("images/"));
  for (const { viewer } of [made.owner, made.zara, ...made.others]) {
    for (const secret of [viewer.name, viewer.mail, viewer.accountId, "Zzrater", "Zzowner"]) {
      const holders = text.filter(([, file]) => file.includes(secret)).map(([name]) => name);
      expect([secret, holders]).toEqual([secret, []]);
    }
  }
});

test("raters.csv has each rater once, with pace, silent repeats and gold", () => {
  const raters = csv(files.get("raters.csv"));

  expect(raters).toHaveLength(3);
  expect(raters.find((row) => row.repeats === "1")).toMatchObject({
    rater: expect.stringMatching(/^r-[0-9a-f]{10}$/),
    kind: "expert",
    grids: "2",
    late: "1",
    median_active_seconds: "61",
    repeat_images: "20",
    repeat_same: "19",
    gold_grids: "1",
    gold_images: "20",
    gold_accuracy: "0.9",
  });
  expect(raters.filter((row) => row.gold_accuracy === "")).toHaveLength(2);
});

test("sittings.csv tells seats, repeats, gold and extra overlap apart, each with its times", () => {
  const sat = csv(files.get("sittings.csv"));

  expect(sat.map((row) => row.kind).sort()).toEqual(
    ["gold", "repeat", "seat", "seat", "seat", "seat", "seat", "seat", "seat"].sort(),
  );
  const late = sat.filter((row) => row.late === "true");
  expect(late).toMatchObject([
    { seat: "", state: "submitted", note: "'=cmd", active_seconds: "61", kind: "seat" },
  ]);
  expect(sat.find((row) => row.kind === "repeat")).toMatchObject({ occasion: "2", seat: "" });
  expect(sat[0]).toMatchObject({
    seat: "plan",
    layout: "columns",
    round: "1",
    first_action_at: new Date(2026, 0, 1, 12, 0, 2).toISOString(),
    client_submitted_at: new Date(2026, 0, 1, 12, 1, 30).toISOString(),
    submitted_at: expect.stringMatching(/Z$/),
  });
  expect(new Set(csv(files.get("verdicts.csv")).map((row) => row.kind))).toEqual(
    new Set(["seat", "repeat", "gold"]),
  );
});

test("votes.csv has the votes of every settled image, its final verdict and where that comes from", () => {
  const votes = csv(files.get("votes.csv"));

  const ofJoint = votes.filter((row) => row.grid === made.joint.gridId);
  expect(ofJoint).toHaveLength(20);
  expect(ofJoint.slice(0, 3)).toMatchObject([
    {
      n_raters: "3",
      n_correct: "2",
      n_incorrect: "1",
      verdict: "correct",
      verdict_from: "majority",
    },
    { n_correct: "1", n_incorrect: "2", verdict: "incorrect", verdict_from: "majority" },
    { n_correct: "0", n_incorrect: "3", verdict: "incorrect", verdict_from: "unanimous" },
  ]);
  for (const { image } of votes) expect(files.has(image!)).toBe(true);
  const [settled] = votes.filter((row) => row.grid === made.tied.gridId);
  expect(settled).toMatchObject({
    n_correct: "1",
    n_incorrect: "1",
    verdict: "incorrect",
    verdict_from: "adjudicated",
  });
  // Extra overlap has no vote.
  const [lost] = votes.filter((row) => row.grid === made.lost.gridId);
  expect(lost).toMatchObject({ n_raters: "1", n_correct: "1", n_incorrect: "0" });
});

test("adjudications, rounds and guidelines tell how the last word came about, and under which rules", () => {
  expect(csv(files.get("adjudications.csv"))).toMatchObject([
    {
      grid: made.tied.gridId,
      verdict: "incorrect",
      reason: "guideline_gap",
      guideline_gap: "true",
      note: "Is a mug a cup?",
      by: expect.stringMatching(/^r-/),
    },
  ]);
  expect(csv(files.get("rounds.csv"))).toMatchObject([
    { round: "1", closed_reason: "The paper is out.", closed_by: expect.stringMatching(/^r-/) },
    { round: "2", closed_at: "" },
  ]);
  expect(JSON.parse(files.get("guidelines.json")!.toString())).toMatchObject([
    { version: 1, text: "Both must be seen.", by: expect.stringMatching(/^r-/) },
  ]);
});

test("levels.csv has every rater's Level and marks the one of record", () => {
  const levels = csv(files.get("levels.csv"));

  const ofRecord = levels.filter((row) => row.of_record === "true");
  expect(ofRecord.map((row) => [row.basis, row.n_raters, row.level]).sort()).toEqual([
    ["adjudicated", "2", "5"],
    ["consensus", "3", "4"],
    ["rater", "1", "4"],
  ]);
  expect(levels.filter((row) => row.basis === "rater")).toHaveLength(7);
  const exact = clopperPearson(Number(ofRecord[0]!.correct), 20);
  expect(Number(ofRecord[0]!.exact_low)).toBeCloseTo(exact.low, 9);
  expect(Number(ofRecord[0]!.exact_high)).toBeCloseTo(exact.high, 9);
  // Wilson's is the narrower one.
  expect(Number(ofRecord[0]!.high)).toBeLessThan(exact.high);
  expect(ofRecord.find((row) => row.basis === "consensus")).toMatchObject({
    is_boundary: "true",
    first_level: "",
    audited_level: "",
  });
});

test("agreement.json has the figures of the agreement page, with their intervals, and the README shows them", async () => {
  const { bootstrap, agreement } = JSON.parse(files.get("agreement.json")!.toString());
  const page = await showReckoned(made.owner);
  const { verdicts, levels, repeats, raterPairs } = page.figures!;

  expect(bootstrap).toMatchObject({ draws: 1000, seed: 1, unit: "pair" });
  expect(agreement).toHaveLength(1);
  const [{ verdicts: told, ...others }] = agreement;
  const figure = (from: Estimate) => ({
    value: from.value,
    low: from.interval!.low,
    high: from.interval!.high,
  });
  expect(told).toMatchObject({
    images: 60,
    pairs: 3,
    raters: 3,
    verdicts_per_image: { fewest: 2, most: 3 },
    alpha_nominal: figure(verdicts.alpha),
    ac1: figure(verdicts.ac1),
    raw_share: figure(verdicts.raw),
    fleiss_kappa: null,
  });
  expect(others.levels).toMatchObject({ grids: 3, alpha_ordinal: figure(levels!.alpha) });
  expect(others.rater_pairs[0].levels).toMatchObject({
    grids: raterPairs[0]!.levels!.grids,
    weighted_kappa_quadratic: { value: raterPairs[0]!.levels!.kappa.value },
  });
  expect(others.silent_repeats).toMatchObject({
    sittings: 1,
    images: 20,
    only_second_correct: 1,
    cohen_kappa: { value: repeats.kappa.value },
  });
  const readme = files.get("README.md")!.toString();
  const { value } = verdicts.alpha as { value: number };
  expect(readme).toContain(`nominal, on verdicts | ${value.toFixed(3)} |`);
  expect(readme).toContain("### Sketch simulator, revision 1, judged by people");
});

test("figures that do not exist say so in words, never as 1", async () => {
  const owner = await makeMember(db);
  const { projectId } = owner.member;
  const raters = [
    await makeMember(db, { projectId, role: "expert" }),
    await makeMember(db, { projectId, role: "expert" }),
  ];
  for (const _ of [1, 2]) {
    const grid = await makeGrid(db, { projectId, withFiles: true, raters: 2 });
    for (const rater of raters) await rate(rater, grid, 0);
  }

  const { files: unanimous } = await exported(owner);

  const [{ verdicts, silent_repeats: repeats }] = JSON.parse(
    unanimous.get("agreement.json")!.toString(),
  ).agreement;
  const noVariation = { value: null, says: "undefined (no variation)", low: null };
  expect(verdicts).toMatchObject({ alpha_nominal: noVariation, ac1: noVariation });
  expect(verdicts).toMatchObject({ fleiss_kappa: noVariation, raw_share: { value: 1 } });
  expect(repeats.cohen_kappa.says).toBe("undefined (nothing was judged twice)");
  expect(unanimous.get("README.md")!.toString()).toContain("| undefined (no variation) |");
});

test.each([
  ["the whole archive", "export.zip"],
  ["pairs.jsonl", "pairs.jsonl"],
  ["levels.csv", "levels.csv"],
])(
  "%s of an export brings one Level a pair into another project, not one a rater",
  async (_, name) => {
    const other = await makeMember(db);
    const content = name === "export.zip" ? archive : files.get(name)!;

    const row = await bringIn(other, content, { fileName: name });

    expect(row).toMatchObject({ state: "done", result: { reported: 3 } });
  },
);

test("pairs.jsonl of an export from before many raters still brings all its Levels", async () => {
  const other = await makeMember(db);
  const lines = files.get("pairs.jsonl")!.toString().trim().split("\n");
  const before = lines.map((line) => {
    const { looks: _, ...record } = JSON.parse(line);
    const levels = record.levels
      .filter((level: { basis: string }) => level.basis === "rater")
      .slice(0, 1)
      .map(({ of_record: __, ...level }: { of_record: boolean }) => level);
    return JSON.stringify({ ...record, levels });
  });

  const row = await bringIn(other, Buffer.from(before.join("\n")), { fileName: "pairs.jsonl" });

  expect(row).toMatchObject({ state: "done", result: { reported: 3 } });
});
