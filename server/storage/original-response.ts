import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { blobPath, findBlob } from "./blobs";

type Original = { id: string; sha256: string; mime: string };

/** The stored bytes of an image as they are, for whoever was found to be allowed them. */
export async function originalResponse(
  { id, sha256, mime }: Original,
  headers: Record<string, string> = {},
): Promise<Response> {
  const blob = await findBlob(sha256);
  if (!blob) throw new Error(`The original of image ${id} is missing`);
  const body = Readable.toWeb(createReadStream(blobPath(sha256)));
  return new Response(body as unknown as ReadableStream, {
    headers: {
      "cache-control": "private, no-store",
      "content-type": mime,
      "content-length": String(blob.bytes),
      ...headers,
    },
  });
}
