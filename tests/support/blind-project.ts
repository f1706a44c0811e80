import { eq, inArray, sql } from "drizzle-orm";
import sharp from "sharp";
import type { Db, Tx } from "@/db/client";
import {
  blobs,
  generatorRevisions,
  generators,
  grids as gridTable,
  images,
  pairs,
  patterns,
  scorers,
  scores,
  seats,
  seedSets,
  sittings,
} from "@/db/schema";
import { sha256 } from "@/server/core/secret";
import { claimSitting } from "./claim";
import { type MadeGrid, makeGrid, storeFile } from "./make/grid";
import { makeMember } from "./make/member";
import { judgeAll, submit } from "./rate";

const REVISION = 770_077;
const FIRST_SEED = 1_987_650_001;
const ORDER_SEED = 1_876_543_210;

/** What a rater must never receive, each so odd that it can stand nowhere else. */
export const SECRETS = [
  "zzgen",
  "zzmethod",
  "zzpattern",
  "zzdefinition",
  "zzlatent",
  "zzrationale",
  "zzother",
  "zzjudge",
  String(REVISION),
  "198765",
  String(ORDER_SEED),
];

/** Words that would tell what a grid is for: no answer may hold one of them as a name or a value. */
export const TELLING = [
  ...["kind", "seat", "occasion", "generator", "revision", "pattern", "level", "seed", "latent"],
  ...["sha256", "purpose", "raterId", "consensus", "disagreement", "isBoundary", "orderSeed"],
  ...["repeat", "gold", "boundary", "audit", "plan", "mining", "Sketch simulator"],
  ...["repair", "repairId", "comparison", "baseline", "method"],
];

export type BlindSitting = { as: string; sittingId: string };

/**
 * A project in which everything a rater must not know bears an unmistakable name, and that rater's sittings of every
 * kind: a planned seat, one more look, a blind second look, a silent repeat and a gold grid, and a comparison's two grids
 * of one kind by two generators.
 */
export async function makeBlindProject(
  db: Db,
  { projectId, raterId }: { projectId: string; raterId: string },
) {
  const other = await makeMember(db, { projectId, role: "expert", name: "Zoe zzother" });
  const grids: MadeGrid[] = [];
  for (let made = 0; made < 5; made += 1) {
    grids.push(await makeGrid(db, { projectId, withFiles: true, raters: 2 }));
  }
  for (let side = 0; side < 2; side += 1) {
    grids.push(await makeGrid(db, { projectId, withFiles: true, raters: 2, purpose: "repair" }));
  }
  const png = await namedOriginal();
  await db.transaction(async (tx) => {
    // What was drawn never changes, and the database refuses it: only a test may give it other names.
    await tx.execute(sql`set local session_replication_role = replica`);
    await plantNames(tx, projectId);
    await plantMethod(tx, projectId, grids[6]!.gridId);
    for (const { imageIds } of grids) await plantImages(tx, imageIds, png);
    await plantJudge(
      tx,
      projectId,
      grids.flatMap(({ imageIds }) => imageIds),
    );
  });
  // Somebody else has judged all of them before: their Levels are there.
  for (const _ of grids) {
    const sittingId = await claimSitting(other);
    const [sitting] = await db.select().from(sittings).where(eq(sittings.id, sittingId));
    const grid = grids.find(({ gridId }) => gridId === sitting!.gridId);
    await judgeAll(other, sittingId, { imageIds: grid!.imageIds, correct: 3 });
    await submit(other, sittingId);
  }
  const kinds = ["plan", "boundary", "audit", "repeat", "gold", "repaired", "repaired"] as const;
  const sat: BlindSitting[] = [];
  for (const [at, as] of kinds.entries()) {
    const place = { projectId, raterId, gridId: grids[at]!.gridId };
    sat.push({ as, sittingId: await sitDown(db, place, as) });
  }
  return { grids, sittings: sat, other };
}

async function plantNames(tx: Tx, projectId: string) {
  await tx.update(generators).set({ name: "zzgen" }).where(eq(generators.projectId, projectId));
  await tx
    .update(generatorRevisions)
    .set({ number: REVISION, method: "zzgen" })
    .where(eq(generatorRevisions.projectId, projectId));
  await tx
    .update(patterns)
    .set({ name: sql`'zzpattern ' || ${patterns.id}`, definition: "zzdefinition" })
    .where(eq(patterns.projectId, projectId));
  await tx
    .update(pairs)
    .set({ latent: "zzlatent", rationale: "zzrationale" })
    .where(eq(pairs.projectId, projectId));
  await tx
    .update(seedSets)
    .set({ seeds: [0, 1, 2, 3].map((row) => FIRST_SEED + row) })
    .where(eq(seedSets.projectId, projectId));
}

/** An automatic judge has called every image correct. */
async function plantJudge(tx: Tx, projectId: string, imageIds: readonly string[]) {
  const [judge] = await tx
    .insert(scorers)
    .values({
      projectId,
      name: "zzjudge",
      version: "1",
      model: "zzjudge",
      modelRevision: "zzjudge",
      weightsHash: "f".repeat(64),
      settings: { judge: { seen_from: 0.5 } },
      contentHash: "f".repeat(64),
    })
    .returning();
  const concepts = ["concept_a", "concept_b"] as const;
  const rows = imageIds.flatMap((imageId) =>
    concepts.map((name) => ({
      projectId,
      imageId,
      scorerId: judge!.id,
      name,
      text: "zzjudge",
      value: 1,
      steeredMethod: false,
    })),
  );
  await tx.insert(scores).values(rows);
}

/** The last grid was drawn by another generator than all others. */
async function plantMethod(tx: Tx, projectId: string, gridId: string) {
  const [method] = await tx.insert(generators).values({ projectId, name: "zzmethod" }).returning();
  const [known] = await tx
    .select()
    .from(generatorRevisions)
    .where(eq(generatorRevisions.projectId, projectId));
  const { id: _, ...content } = known!;
  const [revision] = await tx
    .insert(generatorRevisions)
    .values({ ...content, generatorId: method!.id, method: "zzmethod" })
    .returning();
  await tx
    .update(gridTable)
    .set({ generatorRevisionId: revision!.id })
    .where(eq(gridTable.id, gridId));
}

/** Odd seeds, and a first original whose metadata names the generator. */
async function plantImages(tx: Tx, imageIds: string[], png: Buffer) {
  await tx
    .update(images)
    .set({ seed: sql`${FIRST_SEED}::int + ${images.position}` })
    .where(inArray(images.id, imageIds));
  const blob = { sha256: sha256(png), bytes: png.length, mime: "image/png" };
  await tx
    .insert(blobs)
    .values({ ...blob, width: 512, height: 512 })
    .onConflictDoNothing();
  await tx.update(images).set({ sha256: blob.sha256 }).where(eq(images.id, imageIds[0]!));
}

async function namedOriginal(): Promise<Buffer> {
  const png = await sharp({
    create: { width: 512, height: 512, channels: 3, background: "#a05030" },
  })
    .withExif({ IFD0: { ImageDescription: "zzgen, seed 1987650001", Software: "zzgen" } })
    .png()
    .toBuffer();
  if (!png.includes("zzgen")) throw new Error("The original does not name its generator");
  await storeFile({ png, sha256: sha256(png) });
  return png;
}

type Place = { projectId: string; raterId: string; gridId: string };
type As = "plan" | "boundary" | "audit" | "repeat" | "gold" | "repaired";

/** As the claim hands them out: what only measures the rater has no seat. */
async function sitDown(db: Db, place: Place, as: As): Promise<string> {
  const isMeasured = as === "repeat" || as === "gold";
  const [sitting] = await db
    .insert(sittings)
    .values({
      ...place,
      kind: isMeasured ? as : "seat",
      occasion: as === "repeat" ? 2 : 1,
      orderSeed: ORDER_SEED,
    })
    .returning();
  if (!isMeasured) await takeSeat(db, sitting!.id, place.gridId, as === "repaired" ? "plan" : as);
  return sitting!.id;
}

async function takeSeat(
  db: Db,
  sittingId: string,
  gridId: string,
  kind: "plan" | "boundary" | "audit",
) {
  await db
    .update(seats)
    .set({ sittingId, kind, leasedUntil: sql`now() + interval '1 hour'` })
    .where(sql`${seats.gridId} = ${gridId} and ${seats.completedAt} is null`);
}
