import type { ExtractTablesWithRelations } from "drizzle-orm";
import {
  drizzle,
  type PostgresJsDatabase,
  type PostgresJsTransaction,
} from "drizzle-orm/postgres-js";
import postgres from "postgres";
import { prepareStatements } from "./prepare-statements";
import * as schema from "./schema";

type Schema = typeof schema;
export type Db = PostgresJsDatabase<Schema> & { $client: postgres.Sql };
export type Tx = PostgresJsTransaction<Schema, ExtractTablesWithRelations<Schema>>;
/** A verb that only reads or writes takes either. */
export type DbOrTx = Db | Tx;

export type DbHandle = { db: Db; sql: postgres.Sql; close: () => Promise<void> };

export function connect(url: string, options: { max?: number } = {}): DbHandle {
  const sql = postgres(url, {
    max: options.max ?? 10,
    onnotice: () => {},
    connection: { application_name: "teacup" },
  });
  return {
    db: drizzle(prepareStatements(sql), { schema }),
    sql,
    close: () => sql.end({ timeout: 5 }),
  };
}
