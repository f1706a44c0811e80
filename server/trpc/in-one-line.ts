import { inspect } from "node:util";
import type { TRPCError } from "@trpc/server";

/** A refusal is an answer, not a failure: a log that prints it spends one line on it, and no stack. */
export function inOneLine(error: TRPCError): TRPCError {
  const words = () => `${error.code}: ${error.message}`;
  return Object.defineProperty(error, inspect.custom, { value: words });
}
