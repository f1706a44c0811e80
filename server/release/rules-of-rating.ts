import { asc, eq } from "drizzle-orm";
import { z } from "zod";
import type { Tx } from "@/db/client";
import { guidelines, ratingRounds } from "@/db/schema";
import type { RowOf } from "./column";
import type { ROUND_COLUMNS } from "./columns";
import type { Files } from "./grid-chunks";
import { pseudonym } from "./rater";

export async function* roundRows(
  tx: Tx,
  projectId: string,
): AsyncGenerator<RowOf<typeof ROUND_COLUMNS>> {
  const rounds = await tx
    .select()
    .from(ratingRounds)
    .where(eq(ratingRounds.projectId, projectId))
    .orderBy(asc(ratingRounds.number));
  const named = (accountId: string | null) => (accountId ? pseudonym(projectId, accountId) : null);
  for (const round of rounds) {
    yield {
      round: round.number,
      opened_at: round.openedAt,
      opened_by: named(round.openedBy),
      closed_at: round.closedAt,
      closed_by: named(round.closedBy),
      closed_reason: round.closedReason,
    };
  }
}

const Examples = z.array(z.looseObject({ imageId: z.string() }));

/** Every version with its text; the example images by their place in the archive. */
export async function* guidelineRecords(
  tx: Tx,
  projectId: string,
  files: Files,
): AsyncGenerator<object> {
  const versions = await tx
    .select()
    .from(guidelines)
    .where(eq(guidelines.projectId, projectId))
    .orderBy(asc(guidelines.version));
  for (const { version, text, examples, createdBy, createdAt } of versions) {
    yield {
      version,
      text,
      examples: Examples.parse(examples).map(({ imageId, ...example }) => ({
        image: files.get(imageId) ?? null,
        ...example,
      })),
      by: createdBy ? pseudonym(projectId, createdBy) : null,
      created_at: createdAt,
    };
  }
}
