import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { connect } from "@/db/client";

export type ImageCount = {
  images: number;
  renders: number;
  open: number;
  /** Rows without a whole file. */
  lost: number;
  /** More than one image at one place of one render, or more than one grid at one pair. */
  doubled: number;
};

/** Compares what the database says with the files of the home, byte for byte. */
export async function countLostImages(home: string, databaseUrl: string): Promise<ImageCount> {
  const { sql, close } = connect(databaseUrl, { max: 1 });
  try {
    const images = await sql<{ sha256: string }[]>`select sha256 from image`;
    const [counts] = await sql<{ renders: number; open: number; doubled: number }[]>`
      select (select count(*)::int from render where state = 'done') as renders,
             (select count(*)::int from render where state <> 'done') as open,
             (select count(*)::int from image) - (select count(distinct (render_id, position))::int from image)
             + (select count(*)::int from grid)
             - (select count(distinct (pair_id, generator_revision_id, seed_set_id))::int from grid) as doubled`;
    if (!counts) throw new Error("The database counted nothing");
    return {
      ...counts,
      images: images.length,
      lost: images.filter(({ sha256 }) => !isWhole(home, sha256)).length,
    };
  } finally {
    await close();
  }
}

function isWhole(home: string, sha256: string): boolean {
  const path = join(home, "blobs", sha256.slice(0, 2), sha256.slice(2, 4), sha256);
  return (
    existsSync(path) && createHash("sha256").update(readFileSync(path)).digest("hex") === sha256
  );
}
