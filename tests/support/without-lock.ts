import { sql } from "drizzle-orm";
import type { Db } from "@/db/client";

/** Rewrites a function of a test's own database without its lock, for as long as `act` lasts. */
export async function withoutLock<Result>(
  db: Db,
  { name, lock }: { name: string; lock: string },
  act: () => Promise<Result>,
): Promise<Result> {
  const [row] = await db.execute<{ definition: string }>(
    sql`select pg_get_functiondef(${name}::regproc) as definition`,
  );
  const { definition } = row!;
  if (!definition.includes(lock)) throw new Error(`${name} has no lock "${lock}" to take away`);
  await db.execute(sql.raw(definition.replaceAll(lock, "")));
  try {
    return await act();
  } finally {
    await db.execute(sql.raw(definition));
  }
}
