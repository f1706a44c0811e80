import "@/tests/support/web-environment";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { imports } from "@/db/schema";
import { receiveImport } from "@/server/import/receive-import";
import { LARGEST_ARCHIVE_BYTES, LARGEST_TEXT_BYTES } from "@/server/import/schemas";
import { serveImportUpload } from "@/server/import/serve-import-upload";
import { refuseForeignUpload } from "@/server/trpc/refuse-foreign-request";
import { makeMember } from "@/tests/support/make/member";
import { storageHome } from "@/tests/support/storage-home";
import { testDatabase } from "@/tests/support/test-database";

const home = storageHome();
const { db } = await testDatabase();

const TABLE = "A,B\nmilk,jug\n";
type Asked = { slug: string; length?: string | null; body?: string };

function upload({ slug, length = String(TABLE.length), body = TABLE }: Asked): Request {
  const query = new URLSearchParams({ project: slug, name: "pairs.csv" });
  const headers = new Headers({ "content-type": "application/octet-stream" });
  if (length !== null) headers.set("content-length", length);
  return new Request(`http://localhost:3000/api/imports?${query}`, {
    method: "POST",
    headers,
    body,
  });
}

const statusOf = async (asked: Asked, viewer: Parameters<typeof serveImportUpload>[0]["viewer"]) =>
  (await serveImportUpload({ db, viewer }, upload(asked))).status;

test("only owners and researchers of the project may send a file to it", async () => {
  const owner = await makeMember(db);
  const { slug, projectId } = owner.member;
  const expert = await makeMember(db, { projectId, role: "expert" });
  const stranger = await makeMember(db);

  expect(await statusOf({ slug }, null)).toBe(401);
  expect(await statusOf({ slug }, stranger.viewer)).toBe(404);
  expect(await statusOf({ slug }, expert.viewer)).toBe(403);
  expect(await db.select().from(imports)).toEqual([]);
  expect(await statusOf({ slug }, owner.viewer)).toBe(200);
});

test.each([
  ["does not say how long it is", null, 411],
  ["says something else than a number", "many", 411],
  ["says that it is larger than any archive may be", String(LARGEST_ARCHIVE_BYTES + 1), 413],
])("a file that %s is refused before it is read", async (_, length, status) => {
  const owner = await makeMember(db);

  expect(await statusOf({ slug: owner.member.slug, length }, owner.viewer)).toBe(status);
});

test("a text that is longer than it may be is cut off, and nothing of it stays", async () => {
  const owner = await makeMember(db);
  const chunk = Buffer.alloc(8 * 1024 * 1024, "a");
  async function* endless() {
    for (let sent = 0; sent <= LARGEST_TEXT_BYTES; sent += chunk.length) yield chunk;
  }
  const before = await readdir(join(home, "imports"), { recursive: true });

  const sending = receiveImport(owner, { fileName: "pairs.csv", chunks: endless() });
  await expect(sending).rejects.toMatchObject({ code: "INVALID" });
  expect(await readdir(join(home, "imports"), { recursive: true })).toEqual(before);
});

test.each([
  ["our own page", { "sec-fetch-site": "same-origin" }, null],
  ["another site", { "sec-fetch-site": "cross-site" }, 403],
  ["a sibling site", { "sec-fetch-site": "same-site" }, 403],
  ["a foreign origin", { origin: "https://evil.example" }, 403],
  ["no page at all", {}, 403],
])("an upload from %s: %#", (_, headers, status) => {
  const request = new Request("http://localhost:3000/api/imports", { method: "POST", headers });

  expect(refuseForeignUpload(request)?.status ?? null).toBe(status);
});
