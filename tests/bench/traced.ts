import { drizzle } from "drizzle-orm/postgres-js";
import postgres from "postgres";
import type { Db } from "@/db/client";
import { prepareStatements } from "@/db/prepare-statements";
import * as schema from "@/db/schema";

export type Statement = { text: string; parameters: unknown[] };

/** What is asked of the database while `act` runs, every statement of it in its order, over one connection of its own. */
export async function traceStatements(
  databaseUrl: string,
  act: (db: Db) => Promise<unknown>,
): Promise<Statement[]> {
  const seen: Statement[] = [];
  const sql = postgres(databaseUrl, {
    max: 1,
    debug: (_, text, parameters) => seen.push({ text, parameters: [...parameters] }),
  });
  try {
    // A new connection asks for the types of arrays once.
    await sql`select 1`;
    seen.length = 0;
    await act(drizzle(prepareStatements(sql), { schema }));
    return seen;
  } finally {
    await sql.end();
  }
}
