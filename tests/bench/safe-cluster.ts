import { chmodSync, mkdirSync } from "node:fs";
import { dataFolderOf } from "@/db/embedded/data-folder.mjs";
import { databaseUser } from "@/db/embedded/database-user.mjs";
import { launchPostgres } from "@/db/embedded/launch.mjs";
import { findPostmaster } from "@/db/embedded/postmaster.mjs";
import { atEnd } from "@/scripts/lib/at-end.mjs";

/** The embedded PostgreSQL of `home` as the product runs it, every commit on the disk before it is told; stopped afterwards, and kept. */
export async function withSafeCluster<T>(
  home: string,
  act: (url: string, postmaster: number) => Promise<T>,
): Promise<T> {
  mkdirSync(home, { recursive: true });
  // The database's user has to get to its folder.
  chmodSync(home, 0o755);
  const postgres = await launchPostgres({ home, password: "bench" });
  const callOff = atEnd(() => postgres.stop());
  try {
    const postmaster = findPostmaster(dataFolderOf(home, databaseUser()));
    if (!postmaster) throw new Error("The embedded PostgreSQL is gone");
    return await act(postgres.url, postmaster.pid);
  } finally {
    callOff();
    postgres.stop();
  }
}
