import type { Tx } from "@/db/client";
import { blobs, images, renders } from "@/db/schema";
import { IMPORTED } from "@/server/generation/domain/imported";
import { hashOf } from "@/server/generation/hashes";
import { enqueue } from "@/server/jobs/queue";
import { openGrid } from "@/server/rating/open-grid";
import type { ImageSheet } from "./domain/arrange-images";
import type { FoundImport } from "./find-import";
import { findOrAddPrompt, findOrAddSet } from "./imported-prompts";
import { findOrAddRevision } from "./imported-revision";
import { findOrAddSeedSet } from "./imported-seeds";
import type { LineOfPair } from "./insert-lines";
import type { StoredImages } from "./store-images";

export type InsertImages = (of: LineOfPair) => Promise<void>;

/** Rows of images that another generator made, as renders that are done; a whole sheet becomes a grid. */
export function createImages(tx: Tx, asked: FoundImport, stored: StoredImages): InsertImages {
  const revisions = findOrAddRevision(tx, asked);
  const seedSets = findOrAddSeedSet(tx, asked.projectId);
  return async ({ line, pairId }) => {
    for (const sheet of line.sheets) {
      const of = {
        asked,
        stored,
        pairId,
        revisionId: await revisions(sheet),
        seedSet: await seedSets(seedsOf(sheet)),
      };
      await (sheet.notGrid === null ? insertGrid(tx, of, sheet) : insertShown(tx, of, sheet));
    }
  };
}

/** The seeds where every prompt has the same ones; otherwise only the rows can be numbered. */
function seedsOf({ prompts: columns }: ImageSheet): number[] {
  const rows = Math.max(...columns.map(({ images: column }) => column.length));
  const byRow = Array.from({ length: rows }, (_, row) =>
    columns.map(({ images: column }) => column[row]?.seed),
  );
  const isKnown = byRow.every((seeds) => typeof seeds[0] === "number" && new Set(seeds).size === 1);
  return byRow.map((seeds, row) => (isKnown ? (seeds[0] ?? row) : row));
}

type SheetRows = {
  asked: FoundImport;
  stored: StoredImages;
  pairId: string;
  revisionId: string;
  seedSet: { id: string; seeds: number[] };
};

/** Twenty images of five prompts are a grid like any other: rated here, by our own raters. */
async function insertGrid(tx: Tx, of: SheetRows, { prompts }: ImageSheet): Promise<void> {
  const texts = prompts.map(({ text }) => text);
  const set = await findOrAddSet(tx, of.asked, of.pairId, texts);
  const columns: string[][] = [];
  for (const [at, prompt] of prompts.entries())
    columns.push(await insertRender(tx, of, { ...prompt, promptId: set.promptIds[at] ?? "" }));
  // Brought in before: its grid is there.
  if (columns.some((imageIds) => imageIds.length === 0)) return;
  await openGrid(tx, {
    projectId: of.asked.projectId,
    pairId: of.pairId,
    generatorRevisionId: of.revisionId,
    promptSetId: set.id,
    seedSetId: of.seedSet.id,
    purpose: "mining",
    imageIds: of.seedSet.seeds.flatMap((_, row) => columns.flatMap((column) => column[row] ?? [])),
  });
}

async function insertShown(tx: Tx, of: SheetRows, { prompts }: ImageSheet): Promise<void> {
  for (const prompt of prompts) {
    const promptId = await findOrAddPrompt(tx, of.asked, of.pairId, prompt.text);
    await insertRender(tx, of, { ...prompt, promptId });
  }
}

type Column = ImageSheet["prompts"][number] & { promptId: string };

/** The ids of its images by row; none when these very images are there already. */
async function insertRender(
  tx: Tx,
  { asked, stored, revisionId, seedSet }: SheetRows,
  { text, promptId, images: made }: Column,
): Promise<string[]> {
  const { projectId } = asked;
  const files = made.map((image) => ({ ...image, blob: blobOf(stored, image.file) }));
  const input = {
    imported: true,
    prompt: text,
    // By row where nobody said which they were; see seedsKnown.
    seeds: files.map(({ seed }, row) => seed ?? row),
    seedsKnown: files.every(({ seed }) => seed !== null),
    originals: files.map(({ blob }) => blob.sha256),
    width: files[0]?.blob.width,
    height: files[0]?.blob.height,
  };
  const [render] = await tx
    .insert(renders)
    .values({
      projectId,
      promptId,
      generatorRevisionId: revisionId,
      seedSetId: seedSet.id,
      endpointName: IMPORTED,
      input,
      inputHash: hashOf(input),
      state: "done",
      trace: { imported: true, importId: asked.id, files: files.map(({ file }) => file) },
      finishedAt: new Date(),
    })
    .onConflictDoNothing()
    .returning({ id: renders.id });
  if (!render) return [];
  await tx
    .insert(blobs)
    .values(files.map(({ blob }) => blob))
    .onConflictDoNothing();
  const rows = await tx
    .insert(images)
    .values(
      files.map(({ seed, blob }, row) => ({
        projectId,
        renderId: render.id,
        position: row,
        seed: seed ?? row,
        sha256: blob.sha256,
      })),
    )
    .returning({ id: images.id });
  await enqueue(tx, "generation.makeRenditions", { renderId: render.id });
  return rows.map(({ id }) => id);
}

function blobOf(stored: StoredImages, file: string) {
  const blob = stored.get(file);
  if (!blob) throw new Error(`The image ${file} was not stored`);
  return blob;
}
