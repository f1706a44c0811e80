import type { Db } from "@/db/client";
import { openProposer } from "./open-proposer";

/** Who would answer now, for the label on every screen that asks it. */
export async function proposerInUse({
  db,
}: {
  db: Db;
}): Promise<{ model: string; isOffline: boolean }> {
  const { model, isOffline } = await openProposer(db);
  return { model, isOffline };
}
