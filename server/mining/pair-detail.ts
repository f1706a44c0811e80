import { and, eq } from "drizzle-orm";
import { accounts, pairs, patterns } from "@/db/schema";
import { leaveUnseen } from "@/server/comparison/leave-unseen";
import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";
import { readAdded } from "./pair/read-added";
import { readBroughtIn } from "./pair/read-brought-in";
import { readExemplar } from "./pair/read-exemplar";
import { readHistory, readUnlevelled } from "./pair/read-history";
import { readLooks } from "./pair/read-looks";
import { readExchanges, readProposal } from "./pair/read-origin";
import { readPromptSets } from "./pair/read-prompt-sets";
import { readSeen } from "./pair/read-seen";
import { readSheets } from "./pair/read-sheets";

export type PairDetail = Awaited<ReturnType<typeof pairDetail>>;

/** A pair with everything it came from and everything that was made of it. */
export async function pairDetail(ctx: MemberContext, pairId: string) {
  const { db } = ctx;
  const { projectId } = ctx.member;
  const [found] = await db
    .select({ pair: pairs, pattern: patterns, decidedBy: accounts.name })
    .from(pairs)
    .innerJoin(patterns, eq(patterns.id, pairs.patternId))
    .leftJoin(accounts, eq(accounts.id, pairs.decidedBy))
    .where(and(eq(pairs.id, pairId), eq(pairs.projectId, projectId)));
  if (!found) throw new AppError("NOT_FOUND", "No such pair");
  const { pair, pattern, decidedBy } = found;
  const scope = { projectId, pairId };
  const proposal = await readProposal(db, scope);
  const promptSets = await readPromptSets(db, scope);
  const [exchanges, sheets, seen, history, exemplar, added] = await Promise.all([
    readExchanges(db, scope, proposal?.batchId ?? null),
    readSheets(db, scope, promptSets),
    readSeen(db, scope),
    readHistory(db, scope),
    readExemplar(db, scope),
    readAdded(db, scope),
  ]);
  const drawnBy = sheets.map(({ generatorRevisionId }) => generatorRevisionId);
  return {
    pair: { ...pair, decidedBy },
    pattern: {
      id: pattern.id,
      name: pattern.name,
      category: pattern.category,
      phase: pattern.phase,
    },
    exemplar,
    proposal,
    exchanges,
    promptSets,
    added,
    // Seen by name, images would bias whoever is still to rate them.
    ...(await leaveUnseen(ctx, scope, sheets)),
    seen,
    broughtIn: await readBroughtIn(db, scope),
    looks: await readLooks(db, scope, pair, drawnBy),
    history,
    unlevelled: await readUnlevelled(db, scope),
  };
}
