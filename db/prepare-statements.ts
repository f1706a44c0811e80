import type { Sql } from "postgres";

// What is longer, or has more parameters, is a list whose text is another each time: the database would keep
// a statement for every length of it.
const LONGEST = 8192;
const MOST_PARAMETERS = 32;

type Scope = Pick<Sql, "unsafe"> & { savepoint?: Inner };
type Inner = (work: (scope: Scope) => unknown) => unknown;

/**
 * Has drizzle's statements kept by the connection that ran them. drizzle sends each through `unsafe`, which asks
 * the database for the types of the parameters first: two waits. A kept statement waits once, and is parsed once.
 */
export function prepareStatements(sql: Sql): Sql {
  keep(sql);
  const begin = sql.begin.bind(sql) as (...asked: unknown[]) => unknown;
  sql.begin = ((...asked: unknown[]) => {
    const work = asked.pop() as Parameters<Inner>[0];
    return begin(...asked, (scope: Scope) => work(keep(scope)));
  }) as Sql["begin"];
  return sql;
}

function keep<S extends Scope>(scope: S): S {
  const { unsafe, savepoint } = scope;
  scope.unsafe = ((text, parameters = [], options = {}) => {
    const prepare =
      parameters.length > 0 && parameters.length <= MOST_PARAMETERS && text.length <= LONGEST;
    return unsafe(text, parameters, { ...options, prepare });
  }) as Sql["unsafe"];
  if (savepoint) scope.savepoint = (work) => savepoint((inner) => work(keep(inner)));
  return scope;
}
