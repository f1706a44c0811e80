import { TRPCError } from "@trpc/server";
import { expect, test } from "vitest";
import { z } from "zod";
import type { RequestContext } from "@/server/trpc/context";
import { appRouter } from "@/server/trpc/router";
import { AUTHORISATION } from "@/tests/support/authorisation-table";
import { callProcedure } from "@/tests/support/call-procedure";
import { FOREIGN_INPUTS, MARK, makeForeignProject } from "@/tests/support/foreign-inputs";
import { makeMember } from "@/tests/support/make/member";
import { testDatabase } from "@/tests/support/test-database";
import "@/tests/support/web-environment";

const { db, sql } = await testDatabase();
const foreign = await makeForeignProject(db);

const takesAnId = (path: string): boolean => {
  const procedures = appRouter._def.procedures as Record<string, unknown>;
  const { inputs } = (procedures[path] as { _def: { inputs: z.ZodType[] } })._def;
  return inputs.some((input) =>
    JSON.stringify(z.toJSONSchema(input, { io: "input", unrepresentable: "any" })).includes(
      '"format":"uuid"',
    ),
  );
};
const OF_A_PROJECT = ["member", "researcher", "owner"];
const PATHS = Object.keys(AUTHORISATION).filter(
  (path) => OF_A_PROJECT.includes(AUTHORISATION[path]!) && takesAnId(path),
);

/** Everything the foreign project holds, as one value to compare. */
async function snapshot(): Promise<Record<string, string>> {
  const tables = await sql<{ name: string }[]>`
    select table_name as name from information_schema.columns
    where column_name = 'project_id' and table_schema = 'public' order by 1`;
  const rows: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await sql<{ digest: string }[]>`
      select coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as digest
      from ${sql(name)} t where project_id = ${foreign.projectId}`;
    rows[name] = row!.digest;
  }
  return rows;
}

// Each call from a project of its own: one that takes effect there must not hide the next.
async function callAsOutsider(path: string, input: object): Promise<unknown> {
  const { viewer, member } = await makeMember(db);
  const ctx: RequestContext = { db, viewer, bearerToken: null, address: null };
  try {
    return await callProcedure(ctx, path, { project: member.slug, ...input });
  } catch (error) {
    if (!(error instanceof TRPCError)) throw error;
    return error;
  }
}

test("every procedure of a project that takes an id has its foreign input, and no row is left over", () => {
  expect(Object.keys(FOREIGN_INPUTS).sort()).toEqual(PATHS.sort());
});

test.each(Object.keys(FOREIGN_INPUTS))(
  "%s neither changes nor tells anything of another project",
  async (path) => {
    const before = await snapshot();

    const answer = await callAsOutsider(path, FOREIGN_INPUTS[path]!(foreign));

    if (answer instanceof TRPCError) {
      // A refused input would prove nothing: it never reached the verb.
      expect({ code: answer.code, input: answer.cause instanceof z.ZodError }).toEqual({
        code: expect.stringMatching(/^(NOT_FOUND|CONFLICT|BAD_REQUEST)$/),
        input: false,
      });
      expect(answer.message).not.toContain(MARK);
    } else {
      expect(JSON.stringify(answer) ?? "").not.toContain(MARK);
    }
    expect(await snapshot()).toEqual(before);
  },
);
