import { randomUUID } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { eq } from "drizzle-orm";
import { expect, test } from "vitest";
import {
  accounts,
  blobs,
  gridImages,
  grids,
  images,
  memberships,
  promptSets,
  renders,
} from "@/db/schema";
import { sha256 } from "@/server/core/secret";
import { serveImage } from "@/server/generation/serve-image";
import { startRun } from "@/server/generation/start-run";
import { blobPath } from "@/server/storage/blobs";
import { makeProjectWithPairs } from "@/tests/support/make/project-with-pairs";
import { makePng } from "@/tests/support/make-png";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

const { db } = await testDatabase();
storageHome();
const png = makePng({ width: 512, height: 512, paint: (row, y) => row.fill(y % 256) });
const mine = await makeProjectWithPairs(db, 1);
const other = await makeProjectWithPairs(db, 1);
const imageId = await addImage();
const { viewer } = mine.ctx;

/** One image of a render of the first project. */
async function addImage(): Promise<string> {
  await startRun(mine.ctx, {});
  const [render] = await db.select().from(renders).where(eq(renders.projectId, mine.projectId));
  await mkdir(dirname(blobPath(sha256(png))), { recursive: true });
  await writeFile(blobPath(sha256(png)), png);
  await db
    .insert(blobs)
    .values({ sha256: sha256(png), bytes: png.length, mime: "image/png", width: 512, height: 512 });
  const [image] = await db
    .insert(images)
    .values({
      projectId: mine.projectId,
      renderId: render!.id,
      position: 0,
      seed: 1,
      sha256: sha256(png),
    })
    .returning();
  return image!.id;
}

async function expertOf(projectId: string) {
  const mail = `${randomUUID()}@example.org`;
  const [account] = await db.insert(accounts).values({ name: "Ella", mail }).returning();
  await db.insert(memberships).values({ projectId, accountId: account!.id, role: "expert" });
  return { accountId: account!.id, name: "Ella", mail, isAdmin: false };
}

const get = (as: typeof viewer | null, query = "", headers: Record<string, string> = {}) =>
  serveImage(
    { db, viewer: as },
    new Request(`http://localhost/api/images/${imageId}${query}`, { headers }),
    imageId,
  );

test("a researcher gets a WebP whose headers name neither generator, prompt nor bytes", async () => {
  const response = await get(viewer, "?w=320");

  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toBe("image/webp");
  expect(response.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
  expect(response.headers.get("etag")).toBe(`"${imageId}-320"`);
  const text = JSON.stringify([...response.headers]);
  for (const secret of ["sketch", "Sketch", sha256(png), "iced coke"])
    expect(text).not.toContain(secret);
  const body = Buffer.from(await response.arrayBuffer());
  expect(body.subarray(8, 12).toString()).toBe("WEBP");
  expect(body.includes("EXIF")).toBe(false);
});

test("a browser that has it is told so", async () => {
  const response = await get(viewer, "?w=320", { "if-none-match": `"${imageId}-320"` });

  expect(response.status).toBe(304);
});

test("only a researcher gets the original, exactly as it was made", async () => {
  const expert = await expertOf(mine.projectId);
  const response = await get(viewer, "?original=1");

  expect(Buffer.from(await response.arrayBuffer())).toEqual(png);
  expect((await get(expert, "?original=1")).status).toBe(404);
});

test("an expert sees an image once it is in a grid of a project that is theirs to rate", async () => {
  const expert = await expertOf(mine.projectId);
  expect((await get(expert)).status).toBe(404);

  const [render] = await db.select().from(renders).where(eq(renders.projectId, mine.projectId));
  const [set] = await db.select().from(promptSets).where(eq(promptSets.projectId, mine.projectId));
  const [grid] = await db
    .insert(grids)
    .values({
      projectId: mine.projectId,
      pairId: set!.pairId,
      promptSetId: set!.id,
      generatorRevisionId: render!.generatorRevisionId,
      seedSetId: render!.seedSetId,
      purpose: "mining",
    })
    .returning();
  await db.insert(gridImages).values({ gridId: grid!.id, position: 1, imageId });

  expect((await get(expert, "?w=full")).status).toBe(200);
  expect((await get(expert, "?original=1")).status).toBe(404);
});

test("nobody else learns that the image exists", async () => {
  const stranger = await expertOf(other.projectId);
  const unknown = await serveImage(
    { db, viewer },
    new Request("http://localhost/api/images/x"),
    randomUUID(),
  );
  const refused = [await get(null), await get(other.ctx.viewer), await get(stranger), unknown];

  const seen = await Promise.all(
    refused.map(async (response) => [response.status, await response.text(), ...response.headers]),
  );
  expect(new Set(seen.map((answer) => JSON.stringify(answer))).size).toBe(1);
  expect(refused[0]?.status).toBe(404);
});

test("forged ids and widths are refused", async () => {
  const forged = await serveImage({ db, viewer }, new Request("http://localhost/"), "../../etc");

  expect(forged.status).toBe(404);
  expect((await get(viewer, "?w=9999")).status).toBe(400);
});
