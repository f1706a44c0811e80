import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import sharp from "sharp";
import type { Db, Tx } from "@/db/client";
import type { RunPurpose } from "@/db/enums";
import {
  blobs,
  images,
  pairs,
  patterns,
  promptSetPrompts,
  promptSets,
  prompts,
  renders,
} from "@/db/schema";
import { sha256 } from "@/server/core/secret";
import { addDefaultGenerators } from "@/server/generation/add-default-generators";
import { openGrid } from "@/server/rating/open-grid";
import { blobPath } from "@/server/storage/blobs";

const PROMPTS = (a: string, b: string) => [
  `A ${b} of ${a}.`,
  `A ${b} of ${a} stands on a wooden table.`,
  `Morning light falls on a ${b} filled with ${a} beside the window.`,
  `A porcelain ${b} brimming with ${a} stands on a checked picnic blanket in a sunny park.`,
  `Late at night, a delicate ${b} of ${a} with floating ice cubes waits on a marble counter under warm lamps.`,
];

export type MadeGrid = { gridId: string; pairId: string; imageIds: string[] };
type Options = {
  projectId: string;
  conceptA?: string;
  conceptB?: string;
  withFiles?: boolean;
  purpose?: RunPurpose;
  raters?: number;
  /** Twenty, in the order of the grid; small drawings unless given. */
  pictures?: readonly Picture[];
};

/** A pair that was accepted, prompted, rendered and opened as a grid, straight in the database. */
export async function makeGrid(
  db: Db,
  {
    projectId,
    conceptA = "iced coke",
    conceptB = "tea cup",
    withFiles = false,
    purpose = "mining",
    raters = 1,
    pictures: given,
  }: Options,
): Promise<MadeGrid> {
  const pictures = given ?? (await smallDrawings());
  if (withFiles) await Promise.all(pictures.map(storeFile));
  return db.transaction(async (tx) => {
    const generator = await addDefaultGenerators(tx, projectId, "sketch");
    const { pairId, promptSetId } = await addPair(tx, { projectId, conceptA, conceptB });
    const columns: string[][] = [];
    for (const [index, text] of PROMPTS(conceptA, conceptB).entries()) {
      const drawn = pictures.filter((_, cell) => cell % 5 === index);
      const place = { projectId, pairId, promptSetId, position: index + 1, text };
      columns.push(await addColumn(tx, place, generator, drawn));
    }
    const imageIds = [0, 1, 2, 3].flatMap((row) => columns.map((column) => column[row]!));
    const wanted = { projectId, pairId, promptSetId, purpose, raters, imageIds };
    const grid = await openGrid(tx, { ...wanted, ...generator });
    return { gridId: grid.id, pairId, imageIds };
  });
}

type NewPair = { projectId: string; conceptA: string; conceptB: string };

async function addPair(tx: Tx, { projectId, conceptA, conceptB }: NewPair) {
  const mark = randomUUID();
  const [pattern] = await tx
    .insert(patterns)
    .values({ projectId, name: `Pattern ${mark}`, nameKey: mark, category: "lcmis" })
    .returning();
  const [pair] = await tx
    .insert(pairs)
    .values({
      projectId,
      patternId: pattern!.id,
      conceptA,
      conceptB,
      latent: "glass tumbler",
      rationale: "the usual vessel wins",
      key: mark,
      phase: 1,
      origin: "human",
      state: "accepted",
      stage: "prompts",
    })
    .returning();
  const [promptSet] = await tx
    .insert(promptSets)
    .values({ projectId, pairId: pair!.id, number: 1 })
    .returning();
  return { pairId: pair!.id, promptSetId: promptSet!.id };
}

type Place = {
  projectId: string;
  pairId: string;
  promptSetId: string;
  position: number;
  text: string;
};
type Generator = Awaited<ReturnType<typeof addDefaultGenerators>>;

/** One prompt with its finished render; answers the images, one for each seed. */
async function addColumn(tx: Tx, place: Place, generator: Generator, pictures: Picture[]) {
  const { projectId, pairId, promptSetId, position, text } = place;
  const [prompt] = await tx
    .insert(prompts)
    .values({ projectId, kind: "scene", pairId, text, author: "human" })
    .returning();
  await tx.insert(promptSetPrompts).values({ promptSetId, position, promptId: prompt!.id });
  const [render] = await tx
    .insert(renders)
    .values({
      projectId,
      promptId: prompt!.id,
      ...generator,
      endpointName: "sketch",
      input: {},
      inputHash: sha256(prompt!.id),
      state: "done",
    })
    .returning();
  const stored = pictures.map(({ png, sha256: name, side }) => {
    return { sha256: name, bytes: png.length, mime: "image/png", width: side, height: side };
  });
  await tx.insert(blobs).values(stored).onConflictDoNothing();
  const drawn = pictures.map(({ sha256: name }, row) => {
    return { projectId, renderId: render!.id, position: row, seed: 1000 + row, sha256: name };
  });
  const made = await tx.insert(images).values(drawn).returning();
  return made.toSorted((a, b) => a.position - b.position).map(({ id }) => id);
}

export type Picture = { png: Buffer; sha256: string; side: number };

const SIDE = 512;
let drawings: Promise<Picture[]> | undefined;

/** The same in every grid: drawn once. */
function smallDrawings(): Promise<Picture[]> {
  drawings ??= Promise.all(Array.from({ length: 20 }, (_, index) => drawPng(index)));
  return drawings;
}

async function drawPng(index: number): Promise<Picture> {
  const hue = index * 18;
  const isCup = index % 3 !== 0;
  const vessel = isCup
    ? `<path d="M130 240h220v70a90 90 0 0 1-90 90h-40a90 90 0 0 1-90-90z" fill="#fafafa"/><circle cx="370" cy="290" r="38" fill="none" stroke="#fafafa" stroke-width="20"/><ellipse cx="240" cy="242" rx="108" ry="26" fill="#3a1d12"/>`
    : `<path d="M170 130h170l-22 280h-126z" fill="#ffffff88"/><path d="M178 200h154l-17 200h-120z" fill="#3a1d12"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="512" height="512"><rect width="512" height="512" fill="hsl(${hue} 35% 72%)"/><rect y="400" width="512" height="112" fill="hsl(${hue} 30% 45%)"/>${vessel}</svg>`;
  const png = await sharp(Buffer.from(svg)).png().toBuffer();
  return { png, sha256: sha256(png), side: SIDE };
}

export async function storeFile({ png, sha256: name }: Omit<Picture, "side">) {
  await mkdir(dirname(blobPath(name)), { recursive: true });
  await writeFile(blobPath(name), png);
}
