import { and, eq, isNull, sql } from "drizzle-orm";
import { z } from "zod";
import type { DbOrTx } from "@/db/client";
import { bridges, endpoints } from "@/db/schema";

export type ScoreEndpoint = {
  name: string;
  scorers: string[];
  /** Models whose images it judges by itself, as their answers name them. */
  judges: string[];
  isThere: boolean;
};

const Told = z.object({
  scorers: z.array(z.string()).min(1),
  // A bridge of before tells none.
  judges: z.array(z.string()).default([]),
});

/** The models whose images are judged unasked, by what an endpoint says of itself. */
export const judgesIn = (description: unknown): string[] =>
  Told.safeParse(description).data?.judges ?? [];

/** Endpoints that score, with the scorers and the models that each of them names. */
export async function listScoreEndpoints(db: DbOrTx): Promise<ScoreEndpoint[]> {
  const rows = await db
    .select({
      name: endpoints.name,
      description: endpoints.description,
      isThere: sql<boolean>`coalesce(${endpoints.lastSeenAt} > now() - interval '60 seconds', false)
        and ${endpoints.health} in ('ready', 'busy')`,
    })
    .from(endpoints)
    .innerJoin(bridges, and(eq(bridges.id, endpoints.bridgeId), isNull(bridges.revokedAt)))
    .where(sql`${endpoints.description} ? 'scorers'`)
    .orderBy(endpoints.name);
  // Two bridges may serve endpoints of one name: each of them may take the work.
  return [...Map.groupBy(rows, ({ name }) => name)].flatMap(([name, served]) => {
    const told = served.flatMap(({ description }) => Told.safeParse(description).data ?? []);
    const scorers = [...new Set(told.flatMap((one) => one.scorers))];
    const judges = [...new Set(told.flatMap((one) => one.judges))];
    const isThere = served.some((one) => one.isThere);
    return scorers.length ? { name, scorers, judges, isThere } : [];
  });
}
