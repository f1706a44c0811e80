import { eq } from "drizzle-orm";
import { imports } from "@/db/schema";
import { previewImport } from "@/server/import/preview-import";
import { receiveImport } from "@/server/import/receive-import";
import { runImport } from "@/server/import/run-import";
import { ImportCounts, ImportOptions } from "@/server/import/schemas";
import { startImport } from "@/server/import/start-import";
import type { MemberContext } from "@/server/trpc/context";

export type Brought = {
  fileName?: string;
  options?: Partial<ImportOptions>;
  withPrompts?: boolean;
};

async function* once(content: string | Uint8Array) {
  yield Buffer.from(content);
}

/** Sends a file as the browser does. */
export const send = async (ctx: MemberContext, content: string | Uint8Array, fileName = "pasted") =>
  (await receiveImport(ctx, { fileName, chunks: once(content) })).importId;

/** What a person sees before the button. */
export async function lookAt(
  ctx: MemberContext,
  content: string | Uint8Array,
  { fileName, options = {} }: Brought = {},
) {
  const importId = await send(ctx, content, fileName);
  return {
    importId,
    ...(await previewImport(ctx, { importId, options: ImportOptions.parse(options) })),
  };
}

/** From the file to the end of its job; answers the row. */
export async function bringIn(
  ctx: MemberContext,
  content: string | Uint8Array,
  { withPrompts = false, ...brought }: Brought = {},
) {
  const { importId, counts } = await lookAt(ctx, content, brought);
  const options = ImportOptions.parse(brought.options ?? {});
  await startImport(ctx, { importId, options, expected: ImportCounts.parse(counts), withPrompts });
  await runImport({ importId }, { db: ctx.db, signal: new AbortController().signal });
  return importRow(ctx, importId);
}

export async function importRow({ db }: MemberContext, importId: string) {
  const [row] = await db.select().from(imports).where(eq(imports.id, importId));
  return row!;
}
