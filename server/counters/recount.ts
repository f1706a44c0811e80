import type { Db } from "@/db/client";
import { COUNTERS } from "./counters";
import { type Drift, findDrift } from "./find-drift";
import { noteDrift } from "./note-drift";

/** Counts every counter anew, in one transaction that holds writers off; answers what had been wrong. */
export async function recount(db: Db): Promise<Drift[]> {
  return db.transaction(async (tx) => {
    const wrong = await findDrift(tx);
    for (const counter of COUNTERS) {
      for (const statement of counter.recount) await tx.execute(statement);
    }
    await noteDrift(tx, []);
    return wrong;
  });
}
