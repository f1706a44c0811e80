import type { RequestContext } from "@/server/trpc/context";
import { createCaller } from "@/server/trpc/router";

/** Calls a procedure by its path, with any input: for tests that go through all of them. */
export async function callProcedure(
  ctx: RequestContext,
  path: string,
  input: object,
): Promise<unknown> {
  const procedure = path
    .split(".")
    .reduce<unknown>((node, part) => (node as Record<string, unknown>)[part], createCaller(ctx));
  return (procedure as (input: object) => Promise<unknown>)(input);
}
