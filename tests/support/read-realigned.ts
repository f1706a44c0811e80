import { and, asc, eq, isNull, sql } from "drizzle-orm";
import type { Db } from "@/db/client";
import { grids, inquiries, judgeTasks, renders, tags } from "@/db/schema";
import { readBudgets } from "@/server/budget/read-budgets";
import { runDetail } from "@/server/generation/run-detail";
import type { RenderInput } from "@/server/generation/schemas";

export const paramsOf = (render: { input: unknown }) => (render.input as RenderInput).method_params;

/** What a revision that draws twice has come to, row by row. */
export function readRealigned(db: Db, projectId: string, revisionId: string) {
  const made = () =>
    db
      .select()
      .from(renders)
      .where(eq(renders.generatorRevisionId, revisionId))
      .orderBy(asc(renders.id));
  const seconds = async () => (await made()).filter(({ firstRenderId }) => firstRenderId !== null);
  return {
    made,
    seconds,
    firsts: async () => (await made()).filter(({ firstRenderId }) => firstRenderId === null),
    reasons: async () => new Set((await seconds()).map(({ reason }) => reason)),
    waits: async () =>
      new Set((await runDetail(db, projectId, 1)).slots.map(({ waits: words }) => words)),
    tasks: () =>
      db
        .select()
        .from(judgeTasks)
        .where(and(eq(judgeTasks.projectId, projectId), isNull(judgeTasks.scoringId)))
        .orderBy(asc(judgeTasks.id)),
    hurry: () =>
      db
        .update(judgeTasks)
        .set({ notBefore: sql`now()` })
        .where(eq(judgeTasks.projectId, projectId)),
    found: () => db.select().from(tags).where(eq(tags.projectId, projectId)),
    questions: () =>
      db
        .select()
        .from(inquiries)
        .where(eq(inquiries.projectId, projectId))
        .orderBy(asc(inquiries.id)),
    openGrids: () => db.select().from(grids).where(eq(grids.generatorRevisionId, revisionId)),
    spent: async () => {
      const budgets = await readBudgets(db, projectId);
      const { reserved, settled } = budgets.find(({ kind }) => kind === "renders")!;
      return { reserved, settled };
    },
  };
}
