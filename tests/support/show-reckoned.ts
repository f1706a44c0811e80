import { isNotNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { agreementFigures } from "@/db/schema";
import { reckonFigures } from "@/server/agreement/reckon-figures";
import { ShowAgreement } from "@/server/agreement/schemas";
import { showAgreement } from "@/server/agreement/show-agreement";
import type { MemberContext } from "@/server/trpc/context";

/** Does what the worker would with everything that was asked of it. */
export async function reckonWanted(db: Db): Promise<void> {
  const wanted = await db
    .select({ figuresId: agreementFigures.id })
    .from(agreementFigures)
    .where(isNotNull(agreementFigures.wantedAt));
  for (const { figuresId } of wanted) await reckonFigures({ figuresId }, { db });
}

/** The agreement page once its figures are of this moment. */
export async function showReckoned(ctx: MemberContext, asked: Partial<ShowAgreement> = {}) {
  const input = ShowAgreement.parse(asked);
  await showAgreement(ctx, input);
  await reckonWanted(ctx.db);
  return showAgreement(ctx, input);
}
