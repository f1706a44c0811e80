import { TRPCError } from "@trpc/server";
import { describe, expect, test } from "vitest";
import { findViewer } from "@/server/auth/find-viewer";
import type { Viewer } from "@/server/auth/viewer";
import type { RequestContext } from "@/server/trpc/context";
import { NO_SUCH_PROJECT } from "@/server/trpc/init";
import { appRouter } from "@/server/trpc/router";
import {
  ANSWERS,
  type Answer,
  AUTHORISATION,
  type CallerKind,
} from "@/tests/support/authorisation-table";
import { callProcedure } from "@/tests/support/call-procedure";
import { makeBridgeRow } from "@/tests/support/make/bridge";
import { makeMember } from "@/tests/support/make/member";
import { testDatabase } from "@/tests/support/test-database";
import "@/tests/support/web-environment";
import { accounts } from "@/db/schema";

const { db } = await testDatabase();
const PROCEDURES = Object.keys(appRouter._def.procedures).sort();
const KINDS = Object.keys(ANSWERS.everybody) as CallerKind[];

const contextOf = (viewer: Viewer | null, bearerToken: string | null = null): RequestContext => ({
  db,
  viewer,
  bearerToken,
  address: null,
});

// A fresh project for every call: one that takes over may leave, rename or archive it.
async function makeCaller(kind: CallerKind): Promise<{ ctx: RequestContext; project: string }> {
  const owner = await makeMember(db);
  const { projectId, slug } = owner.member;
  if (kind === "stranger") return { ctx: contextOf(null), project: slug };
  if (kind === "bridge") {
    return { ctx: contextOf(null, (await makeBridgeRow(db)).token), project: slug };
  }
  if (kind === "owner") return { ctx: contextOf(owner.viewer), project: slug };
  if (kind === "expert" || kind === "researcher") {
    const { viewer } = await makeMember(db, { role: kind, projectId });
    return { ctx: contextOf(viewer), project: slug };
  }
  const [account] = await db
    .insert(accounts)
    .values({ name: "Otto", mail: `${crypto.randomUUID()}@example.org`, isAdmin: kind === "admin" })
    .returning();
  const viewer = await findViewer(db, { accountId: account!.id, sessionVersion: 1 });
  return { ctx: contextOf(viewer), project: slug };
}

/** Calls with nothing but the project: whoever is let in is told at most that input is missing. */
async function answerTo(path: string, kind: CallerKind): Promise<Answer> {
  const { ctx, project } = await makeCaller(kind);
  try {
    await callProcedure(ctx, path, { project });
    return "in";
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    const isRefusal =
      error.code === "UNAUTHORIZED" ||
      error.code === "FORBIDDEN" ||
      (error.code === "NOT_FOUND" && error.message === NO_SUCH_PROJECT);
    return isRefusal ? (error.code as Answer) : "in";
  }
}

test("every procedure has its row in the authorisation table, and no row is left over", () => {
  expect(PROCEDURES).toEqual(Object.keys(AUTHORISATION).sort());
});

describe.each(PROCEDURES.filter((path) => path in AUTHORISATION))("%s", (path) => {
  const who = AUTHORISATION[path]!;

  test(`answers each kind of caller as a procedure for "${who}" must`, async () => {
    const given = await Promise.all(KINDS.map((kind) => answerTo(path, kind)));

    expect(Object.fromEntries(KINDS.map((kind, index) => [kind, given[index]]))).toEqual(
      ANSWERS[who],
    );
  });
});
