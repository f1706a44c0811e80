/** The disk has no room; the same write succeeds once there is space again. */
export class StorageFull extends Error {
  override readonly name = "StorageFull";

  constructor(options?: ErrorOptions) {
    super("No space left on the server's disk", options);
  }

  /** The error to throw for a failed write: this class when the disk is full, else the error itself. */
  static from(cause: unknown): unknown {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    return code === "ENOSPC" || code === "EDQUOT" ? new StorageFull({ cause }) : cause;
  }
}
