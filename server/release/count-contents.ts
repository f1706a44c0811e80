import { and, eq, sql } from "drizzle-orm";
import type { DbOrTx } from "@/db/client";
import { accounts, levels, pairs, quickLooks, sittings, verdicts } from "@/db/schema";
import type { MemberContext } from "@/server/trpc/context";
import { countImages } from "./count-images";

export type ExportContents = {
  pairs: number;
  acceptedPairs: number;
  looks: number;
  images: number;
  imageBytes: number;
  levels: number;
  simulatedLevels: number;
  verdicts: number;
  simulatedVerdicts: number;
};

const count = sql<number>`count(*)::int`;

/** What an export made now would hold. */
export async function countContents({ db, member }: MemberContext): Promise<ExportContents> {
  const [ofPairs, ofLooks, ofImages, ofLevels, ofVerdicts] = await Promise.all([
    countPairs(db, member.projectId),
    countLooks(db, member.projectId),
    countImages(db, member.projectId),
    countLevels(db, member.projectId),
    countVerdicts(db, member.projectId),
  ]);
  return { ...ofPairs, ...ofLooks, ...ofImages, ...ofLevels, ...ofVerdicts };
}

async function countPairs(db: DbOrTx, projectId: string) {
  const [row] = await db
    .select({
      pairs: count,
      acceptedPairs: sql<number>`(count(*) filter (where ${pairs.state} = 'accepted'))::int`,
    })
    .from(pairs)
    .where(eq(pairs.projectId, projectId));
  return row ?? { pairs: 0, acceptedPairs: 0 };
}

const countLooks = async (db: DbOrTx, projectId: string) => ({
  looks: await db.$count(quickLooks, eq(quickLooks.projectId, projectId)),
});

async function countLevels(db: DbOrTx, projectId: string) {
  const [row] = await db
    .select({
      levels: count,
      simulatedLevels: sql<number>`(count(*) filter (where ${levels.source} = 'simulated'))::int`,
    })
    .from(levels)
    .where(eq(levels.projectId, projectId));
  return row ?? { levels: 0, simulatedLevels: 0 };
}

async function countVerdicts(db: DbOrTx, projectId: string) {
  const [row] = await db
    .select({
      verdicts: count,
      simulatedVerdicts: sql<number>`(count(*) filter (where ${accounts.isSimulated}))::int`,
    })
    .from(verdicts)
    .innerJoin(sittings, eq(sittings.id, verdicts.sittingId))
    .innerJoin(accounts, eq(accounts.id, sittings.raterId))
    .where(and(eq(sittings.projectId, projectId), eq(sittings.state, "submitted")));
  return row ?? { verdicts: 0, simulatedVerdicts: 0 };
}
