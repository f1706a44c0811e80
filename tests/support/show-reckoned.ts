import { isNotNull } from "drizzle-orm";
import type { Db } from "@/db/client";
import { agreementFigures, metricFigures } from "@/db/schema";
import { KEPT_AGREEMENT } from "@/server/agreement/kept-agreement";
import { ShowAgreement } from "@/server/agreement/schemas";
import { showAgreement } from "@/server/agreement/show-agreement";
import { reckonKept } from "@/server/figures/reckon-kept";
import { KEPT_METRICS } from "@/server/metrics/kept-metrics";
import { ShowMetrics } from "@/server/metrics/schemas";
import { showMetrics } from "@/server/metrics/show-metrics";
import type { MemberContext } from "@/server/trpc/context";

/** Does what the worker would with everything that was asked of it. */
export async function reckonWanted(db: Db): Promise<void> {
  const wanted = await db
    .select({ figuresId: agreementFigures.id })
    .from(agreementFigures)
    .where(isNotNull(agreementFigures.wantedAt));
  for (const { figuresId } of wanted) await reckonKept(db, KEPT_AGREEMENT, figuresId);
}

/** The agreement page once its figures are of this moment. */
export async function showReckoned(ctx: MemberContext, asked: Partial<ShowAgreement> = {}) {
  const input = ShowAgreement.parse(asked);
  await showAgreement(ctx, input);
  await reckonWanted(ctx.db);
  return showAgreement(ctx, input);
}

/** The metrics page once its figures are of this moment. */
export async function showMeasured(ctx: MemberContext, asked: Partial<ShowMetrics> = {}) {
  const input = ShowMetrics.parse(asked);
  await showMetrics(ctx, input);
  const wanted = await ctx.db
    .select({ figuresId: metricFigures.id })
    .from(metricFigures)
    .where(isNotNull(metricFigures.wantedAt));
  for (const { figuresId } of wanted) await reckonKept(ctx.db, KEPT_METRICS, figuresId);
  return showMetrics(ctx, input);
}
