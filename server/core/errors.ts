export const APP_ERROR_CODES = [
  "NOT_FOUND",
  "FORBIDDEN",
  "CONFLICT",
  "EXPIRED",
  "INVALID",
  "TOO_MANY",
] as const;
export type AppErrorCode = (typeof APP_ERROR_CODES)[number];

/** An outcome the caller can act on. Anything else thrown is a bug or an outage. */
export class AppError extends Error {
  override readonly name = "AppError";

  constructor(
    readonly code: AppErrorCode,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}
