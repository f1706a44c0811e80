import { rm } from "node:fs/promises";
import { and, eq, sql } from "drizzle-orm";
import { uuidv7 } from "@/db/columns";
import { imports } from "@/db/schema";
import { moveIntoPlace, writeTemporary } from "@/server/storage/write-whole";
import type { MemberContext } from "@/server/trpc/context";
import { importPath, importsFolder } from "./import-path";
import { looksLikeZip } from "./open-upload";
import { LARGEST_ARCHIVE_BYTES, LARGEST_TEXT_BYTES } from "./schemas";

type Received = { fileName: string; chunks: AsyncIterable<Uint8Array> };

/** Keeps the file of an import, the file first and its row second. A person has one at a time to look at. */
export async function receiveImport(
  { db, viewer, member }: MemberContext,
  { fileName, chunks }: Received,
): Promise<{ importId: string }> {
  const id = uuidv7();
  const { first, rest } = await peek(chunks);
  const limit = looksLikeZip(first) ? LARGEST_ARCHIVE_BYTES : LARGEST_TEXT_BYTES;
  const written = await writeTemporary(importsFolder(), rest, limit);
  await moveIntoPlace(written.path, importPath(id));
  const mine = { projectId: member.projectId, requestedBy: viewer.accountId };
  const before = await db.transaction(async (tx) => {
    const replaced = await tx
      .update(imports)
      .set({ state: "cancelled", finishedAt: sql`now()` })
      .where(
        and(
          eq(imports.projectId, mine.projectId),
          eq(imports.requestedBy, mine.requestedBy),
          eq(imports.state, "uploaded"),
        ),
      )
      .returning({ id: imports.id });
    const { sha256, bytes } = written;
    await tx
      .insert(imports)
      .values({ ...mine, id, fileName: fileName.slice(0, 300), sha256, bytes });
    return replaced;
  });
  for (const { id: old } of before) await rm(importPath(old), { force: true });
  return { importId: id };
}

/** What a file is stands in its first bytes; they are read on with the others. */
async function peek(chunks: AsyncIterable<Uint8Array>) {
  const iterator = chunks[Symbol.asyncIterator]();
  const { value: first = new Uint8Array() } = await iterator.next();
  async function* rest() {
    yield first;
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return { first, rest: rest() };
}
