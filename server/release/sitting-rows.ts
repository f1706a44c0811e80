import type { Tx } from "@/db/client";
import type { RowOf } from "./column";
import type { SITTING_COLUMNS } from "./columns";
import { pseudonym, sourceOf } from "./rater";
import { sittingChunks } from "./sitting-chunks";

export async function* sittingRows(
  tx: Tx,
  projectId: string,
): AsyncGenerator<RowOf<typeof SITTING_COLUMNS>> {
  for await (const chunk of sittingChunks(tx, projectId)) {
    for (const { sitting, isSimulated, seat, protocol: _, ...grid } of chunk) {
      yield {
        ...grid,
        sitting: sitting.id,
        grid: sitting.gridId,
        rater: pseudonym(projectId, sitting.raterId),
        source: sourceOf(isSimulated),
        kind: sitting.kind,
        seat,
        late: sitting.isExtra,
        occasion: sitting.occasion,
        mode: sitting.mode,
        state: sitting.state,
        reason: sitting.reason,
        note: sitting.note,
        guideline_gap: sitting.isGuidelineGap,
        seen_instead: sitting.seenInstead,
        guideline_version: sitting.guidelineVersion,
        order_seed: sitting.orderSeed,
        opened_at: sitting.createdAt,
        painted_at: sitting.paintedAt,
        first_action_at: sitting.firstActionAt,
        client_submitted_at: sitting.clientSubmittedAt,
        submitted_at: sitting.submittedAt,
        active_seconds: sitting.activeMs === null ? null : sitting.activeMs / 1000,
      };
    }
  }
}
