import { getTableColumns, type InferInsertModel, type SQL, sql } from "drizzle-orm";
import { getTableConfig, type PgTable } from "drizzle-orm/pg-core";
import type { Tx } from "./client";

/**
 * Inserts thousands of rows with one parameter: a column that no row gives takes its default. The
 * query builder writes a parameter for every cell, which costs more than the insert itself.
 */
export async function insertMany<T extends PgTable>(
  tx: Tx,
  table: T,
  rows: readonly InferInsertModel<T>[],
  tail: SQL = sql``,
): Promise<Record<string, unknown>[]> {
  if (rows.length === 0) return [];
  const columns = Object.entries(getTableColumns(table)).filter(
    ([key, column]) => column.defaultFn || rows.some((row) => given(row, key) !== undefined),
  );
  const records = rows.map((row) =>
    Object.fromEntries(
      columns.map(([key, column]) => [
        column.name,
        given(row, key) ?? column.defaultFn?.() ?? null,
      ]),
    ),
  );
  const names = sql.join(
    columns.map(([, column]) => sql.identifier(column.name)),
    sql`, `,
  );
  const into = sql.identifier(getTableConfig(table).name);
  const answer = await tx.execute(
    sql`insert into ${into} (${names}) select ${names} from jsonb_populate_recordset(null::${into}, ${JSON.stringify(records)}::jsonb) ${tail}`,
  );
  return [...answer];
}

const given = (row: object, key: string): unknown => (row as Record<string, unknown>)[key];
