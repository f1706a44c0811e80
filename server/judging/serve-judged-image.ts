import { and, eq } from "drizzle-orm";
import { z } from "zod";
import type { Db } from "@/db/client";
import { blobs, images, judgeTasks } from "@/db/schema";
import { findBridge } from "@/server/auth/find-bridge";
import { originalResponse } from "@/server/storage/original-response";
import { isHeld } from "./held-task";

const Wanted = z.object({
  taskId: z.uuid(),
  position: z.coerce.number().int().min(0).max(63),
  leaseToken: z.uuid(),
});

const refuse = (status: number, message: string) => Response.json({ message }, { status });

/** One original, for the bridge that holds its task and for as long as it holds it. */
export async function serveJudgedImage(
  { db }: { db: Db },
  { headers }: Request,
  place: { taskId: string; position: string },
): Promise<Response> {
  const token = /^Bearer (\S+)$/i.exec(headers.get("authorization") ?? "")?.[1];
  const bridge = token ? await findBridge(db, token) : null;
  if (!bridge) return refuse(401, "Unknown or revoked bridge token");
  const wanted = Wanted.safeParse({ ...place, leaseToken: headers.get("x-lease-token") });
  if (!wanted.success) return refuse(400, "Wrong address or headers");
  const { position, ...held } = wanted.data;
  const [image] = await db
    .select({ id: images.id, sha256: images.sha256, mime: blobs.mime })
    .from(judgeTasks)
    .innerJoin(images, and(eq(images.renderId, judgeTasks.renderId), eq(images.position, position)))
    .innerJoin(blobs, eq(blobs.sha256, images.sha256))
    .where(isHeld(bridge.id, held));
  if (!image) return refuse(409, "This lease is over, or there is no such image.");
  return originalResponse(image);
}
