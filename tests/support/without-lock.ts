import { sql } from "drizzle-orm";
import { connect, type Db } from "@/db/client";

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

/** Runs `act` with connections whose statements lose that lock on their way to the database. */
export async function withStatementsWithout<Result>(
  { url, lock }: { url: string; lock: string },
  act: (db: Db) => Promise<Result>,
): Promise<Result> {
  const { db, close } = connect(url, { max: 16 });
  let removed = 0;
  const dialect = Reflect.get(db, "dialect") as { sqlToQuery: (...args: unknown[]) => Query };
  const toQuery = dialect.sqlToQuery.bind(dialect);
  dialect.sqlToQuery = (...args) => {
    const query = toQuery(...args);
    if (!query.sql.includes(lock)) return query;
    removed += 1;
    return { ...query, sql: query.sql.replaceAll(lock, "") };
  };
  try {
    const result = await act(db);
    if (removed === 0) throw new Error(`No statement had the lock "${lock}"`);
    return result;
  } finally {
    await close();
  }
}

type Query = { sql: string; params: unknown[] };
