import { and, eq, inArray } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { sittings } from "@/db/schema";
import type { Sheet } from "@/server/mining/pair/read-sheets";

/** There are images, and their grid waits for raters and this one has not judged it, or opens once the rest is drawn. */
export async function isToRate(
  db: DbOrTx,
  sheets: readonly Pick<Sheet, "gridId" | "gridState" | "cells">[],
  raterId: string,
): Promise<boolean> {
  const cells = sheets.flatMap((sheet) => sheet.cells);
  if (cells.every(({ imageId }) => imageId === null)) return false;
  // Grids of a pair open together, once every generator has drawn it.
  const isComing = cells.some(({ state }) => COMING.has(state));
  if (isComing && sheets.some(({ gridId }) => gridId === null)) return true;
  const open = sheets.flatMap(({ gridId, gridState }) =>
    gridId !== null && gridState === "open" ? [gridId] : [],
  );
  if (open.length === 0) return false;
  const own = await db
    .selectDistinct({ gridId: sittings.gridId })
    .from(sittings)
    .where(
      and(
        inArray(sittings.gridId, open),
        eq(sittings.raterId, raterId),
        inArray(sittings.state, ["submitted", "cannot_judge"]),
      ),
    );
  return own.length < open.length;
}

const COMING: ReadonlySet<string> = new Set(["queued", "leased"]);
