import { inspect } from "node:util";
import { expect, test } from "vitest";
import type { RequestContext } from "@/server/trpc/context";
import { NO_SUCH_PROJECT } from "@/server/trpc/init";
import { callProcedure } from "../support/call-procedure";
import { makeMember } from "../support/make/member";
import { testDatabase } from "../support/test-database";

const { db } = await testDatabase();

/** What a log shows of the refusal. */
const logged = async (ctx: RequestContext, path: string, input: object) =>
  inspect(await callProcedure(ctx, path, input).catch((error: unknown) => error));

test("what is refused as expected takes one line of a log", async () => {
  const { viewer } = await makeMember(db);
  const ctx = { db, viewer, bearerToken: null, address: null };
  expect(await logged(ctx, "project.show", { project: "no-such" })).toBe(
    `NOT_FOUND: ${NO_SUCH_PROJECT}`,
  );
  expect(await logged({ ...ctx, viewer: null }, "project.list", { archived: false })).toBe(
    "UNAUTHORIZED: Please sign in",
  );
});
