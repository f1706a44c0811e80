/** An error as a log may hold it: a database error names its query, never its parameters (hashes, keys). */
export function loggable(error: unknown): unknown {
  if (!(error instanceof Error) || !("params" in error) || !("query" in error)) return error;
  return {
    query: error.query,
    cause: error.cause,
    stack: error.stack?.split("\n    at ").slice(1),
  };
}
