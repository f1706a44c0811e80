import { join } from "node:path";
import { migrate } from "drizzle-orm/postgres-js/migrator";
import { connect } from "./client";

/** Brings the database at `url` to the newest schema. Two callers at once wait for each other. */
export async function migrateDatabase(url: string): Promise<void> {
  const { db, sql, close } = connect(url, { max: 1 });
  try {
    // One fixed number for "Teacup migrates": a second starter waits here.
    await sql`select pg_advisory_lock(7310845)`;
    await migrate(db, { migrationsFolder: join(import.meta.dirname, "../drizzle") });
  } finally {
    await close();
  }
}

if (process.argv[1] === import.meta.filename) {
  const url = process.env.DATABASE_URL;
  if (!url) throw new Error("DATABASE_URL is not set: nothing to migrate");
  await migrateDatabase(url);
}
