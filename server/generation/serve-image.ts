import { z } from "zod";
import type { Db } from "@/db/client";
import type { Viewer } from "@/server/auth/viewer";
import { originalResponse } from "@/server/storage/original-response";
import { RENDITION_WIDTHS, readRendition } from "@/server/storage/renditions";
import { type FoundImage, findImage } from "./find-image";

const Width = z
  .enum(["160", "320", "640", "full"])
  .transform((text) => RENDITION_WIDTHS.find((width) => String(width) === text) ?? "full");

// The same answer for what does not exist and what is not theirs.
const notFound = () =>
  new Response("No such image", { status: 404, headers: { "cache-control": "no-store" } });

/** A rendition for whoever may see the image. Nothing in it names generator, prompt or bytes. */
export async function serveImage(
  { db, viewer }: { db: Db; viewer: Viewer | null },
  request: Request,
  id: string,
): Promise<Response> {
  if (!viewer || !z.uuid().safeParse(id).success) return notFound();
  const image = await findImage(db, viewer.accountId, id);
  if (!image) return notFound();
  const query = new URL(request.url).searchParams;
  if (query.has("original")) return image.maySeeOriginal ? serveOriginal(image) : notFound();
  const width = Width.safeParse(query.get("w") ?? "full");
  if (!width.success) return new Response("Unknown width", { status: 400 });
  return serveRendition(request, image, width.data);
}

async function serveRendition(
  request: Request,
  image: FoundImage,
  width: (typeof RENDITION_WIDTHS)[number],
): Promise<Response> {
  // Not the hash of anything: equal pictures of two generators must not be told by their tags.
  const etag = `"${image.id}-${width}"`;
  const headers = {
    etag,
    "cache-control": "private, max-age=31536000, immutable",
    "content-type": "image/webp",
    "x-content-type-options": "nosniff",
    vary: "cookie",
  };
  if (request.headers.get("if-none-match") === etag) {
    return new Response(null, { status: 304, headers });
  }
  const webp = await readRendition(image, width);
  return new Response(new Uint8Array(webp), {
    headers: { ...headers, "content-length": String(webp.length) },
  });
}

const serveOriginal = (image: FoundImage): Promise<Response> =>
  originalResponse(image, {
    "content-disposition": `attachment; filename="${image.id}.${image.mime.replace("image/", "")}"`,
    "x-content-type-options": "nosniff",
  });
