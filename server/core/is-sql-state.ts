/** Whether the database refused with this SQLSTATE. */
export const isSqlState = (error: unknown, code: string): boolean =>
  error instanceof Error && "code" in error && error.code === code;
