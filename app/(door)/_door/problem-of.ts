import { TRPCClientError } from "@trpc/client";

const OUTAGE = "Teacup could not be reached. Please try again.";

/** Runs a call and gives the server's own sentence when it refuses. */
export async function problemOf(call: () => Promise<unknown>): Promise<string | null> {
  try {
    await call();
    return null;
  } catch (error) {
    if (!(error instanceof TRPCClientError)) throw error;
    return error.data ? `${error.message}.` : OUTAGE;
  }
}
