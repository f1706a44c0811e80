import { z } from "zod";
import type { Db } from "@/db/client";
import { findBridge } from "@/server/auth/find-bridge";
import { AppError } from "@/server/core/errors";
import { bodyOf } from "@/server/storage/body-of";
import { StorageFull } from "@/server/storage/storage-full";
import { storeUpload } from "./store-upload";

const LARGEST_UPLOAD_BYTES = 64 * 1024 * 1024;

const Upload = z.object({
  renderId: z.uuid(),
  position: z.coerce.number().int().min(0).max(63),
  leaseToken: z.uuid(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  bytes: z.coerce.number().int().min(0).max(LARGEST_UPLOAD_BYTES),
});

const STATUS = {
  NOT_FOUND: 404,
  FORBIDDEN: 403,
  CONFLICT: 409,
  EXPIRED: 410,
  INVALID: 422,
  TOO_MANY: 429,
} satisfies Record<AppError["code"], number>;

const refuse = (status: number, message: string) => Response.json({ message }, { status });

/** `PUT` of one image's bytes by the bridge that holds its render. */
export async function serveUpload(
  { db }: { db: Db },
  request: Request,
  { renderId, position }: { renderId: string; position: string },
): Promise<Response> {
  const { headers } = request;
  const token = /^Bearer (\S+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  const bridge = token ? await findBridge(db, token) : null;
  if (!bridge) return refuse(401, "Unknown or revoked bridge token");
  const upload = Upload.safeParse({
    renderId,
    position,
    leaseToken: headers.get("x-lease-token"),
    sha256: headers.get("x-content-sha256"),
    bytes: headers.get("content-length") ?? undefined,
  });
  if (!upload.success) return refuse(400, "Wrong address or headers of an upload");
  try {
    await storeUpload({ db, bridge }, upload.data, bodyOf(request));
    return Response.json({ sha256: upload.data.sha256 });
  } catch (error) {
    if (error instanceof AppError) return refuse(STATUS[error.code], error.message);
    if (error instanceof StorageFull) return refuse(507, error.message);
    throw error;
  }
}
