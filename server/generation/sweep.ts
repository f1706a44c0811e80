import { inArray } from "drizzle-orm";
import type { Db } from "@/db/client";
import { blobs, images } from "@/db/schema";
import type { JobPayload } from "@/server/jobs/contracts";
import type { JobContext } from "@/server/jobs/handle";
import { expireTasks } from "@/server/judging/expire-tasks";
import { sweepWaiting } from "@/server/realign/sweep-waiting";
import { removeUnknownBlobs, removeUnknownRenditions } from "@/server/storage/sweep-files";
import { expireLeases } from "./expire-leases";
import { reaskLooks } from "./reask-looks";
import { reopenGrids } from "./reopen-grids";

const FILES_EVERY_MS = 60 * 60 * 1000;
let filesSweptAt = Number.NEGATIVE_INFINITY;

/** Safe to run twice: it removes only what no row names and what is older than an hour. */
export async function sweep(
  _payload: JobPayload<"generation.sweep">,
  { db, signal }: JobContext,
): Promise<void> {
  await db.transaction((tx) => expireLeases(tx));
  await db.transaction((tx) => expireTasks(tx));
  await db.transaction((tx) => sweepWaiting(tx));
  await db.transaction((tx) => reopenGrids(tx));
  await db.transaction((tx) => reaskLooks(tx));
  // Reading every folder is slow with a million images; leases cannot wait that long.
  if (performance.now() - filesSweptAt < FILES_EVERY_MS) return;
  filesSweptAt = performance.now();
  await sweepFiles(db, signal);
}

export async function sweepFiles(db: Db, signal: AbortSignal): Promise<void> {
  await removeUnknownBlobs(async (names) => {
    const known = await db
      .select({ name: blobs.sha256 })
      .from(blobs)
      .where(inArray(blobs.sha256, [...names]));
    return known.map((row) => row.name);
  }, signal);
  await removeUnknownRenditions(async (names) => {
    const known = await db
      .select({ name: images.id })
      .from(images)
      .where(inArray(images.id, [...names]));
    return known.map((row) => row.name);
  }, signal);
}
