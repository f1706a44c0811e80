import { and, eq } from "drizzle-orm";
import { renders } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { storeImage } from "@/server/storage/blobs";
import type { BridgeContext } from "@/server/trpc/context";
import type { HeldRender, RenderInput } from "./schemas";

type Upload = HeldRender & { position: number; sha256: string; bytes: number };

/** Stores the file of one image; its row comes with `finishRender`. */
export async function storeUpload(
  { db, bridge }: BridgeContext,
  { renderId, leaseToken, position, ...announced }: Upload,
  chunks: AsyncIterable<Uint8Array>,
): Promise<void> {
  const [render] = await db
    .select({ input: renders.input })
    .from(renders)
    .where(
      and(
        eq(renders.id, renderId),
        eq(renders.leaseToken, leaseToken),
        eq(renders.leasedBy, bridge.id),
      ),
    );
  if (!render)
    throw new AppError("CONFLICT", "This lease is over; the render is not yours any more.");
  const { seeds, width, height } = render.input as RenderInput;
  if (position >= seeds.length) throw new AppError("INVALID", "No image was asked for there.");
  await storeImage(chunks, { ...announced, size: { width, height } });
}
