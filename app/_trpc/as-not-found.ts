import { TRPCError } from "@trpc/server";
import { notFound } from "next/navigation";

/** For a page's `.catch`: what the procedure does not find is a page that is not there. */
export function asNotFound(cause: unknown): never {
  if (cause instanceof TRPCError && cause.code === "NOT_FOUND") notFound();
  throw cause;
}
