import { count, eq, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { exchanges, images, sittings } from "@/db/schema";

export type Spend = { tokens: number; images: number; raterMs: number };

/** What the project has used so far: LLM tokens, images drawn, raters' active time. */
export async function sumSpend(db: DbOrTx, projectId: string): Promise<Spend> {
  const [[tokens], [drawn], [rating]] = await Promise.all([
    db
      .select({
        sum: sql<number>`coalesce(sum(coalesce(${exchanges.tokensIn}, 0) + coalesce(${exchanges.tokensOut}, 0)), 0)`.mapWith(
          Number,
        ),
      })
      .from(exchanges)
      .where(eq(exchanges.projectId, projectId)),
    db.select({ images: count() }).from(images).where(eq(images.projectId, projectId)),
    db
      .select({ ms: sql<number>`coalesce(sum(${sittings.activeMs}), 0)`.mapWith(Number) })
      .from(sittings)
      .where(eq(sittings.projectId, projectId)),
  ]);
  return { tokens: tokens?.sum ?? 0, images: drawn?.images ?? 0, raterMs: rating?.ms ?? 0 };
}
