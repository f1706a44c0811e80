import { and, eq, sql } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { imports } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import { notifyLive } from "@/server/live/live";
import { wake } from "@/server/loop/wake";
import { lockProject } from "@/server/mining/lock-project";
import { recordDecision } from "@/server/project/record-decision";
import type { ReadImport } from "./domain/import-item";
import type { FoundImport } from "./find-import";
import { createImages } from "./insert-images";
import { insertLines } from "./insert-lines";
import { insertPatterns } from "./insert-patterns";
import { type ImportPlan, planImport } from "./plan-import";
import { Stopped } from "./report-progress";
import { type ConfirmImport, ImportCounts } from "./schemas";
import type { StoredImages } from "./store-images";

const LINES_AT_ONCE = 500;

export type NewImport = {
  asked: FoundImport;
  confirmed: Pick<ConfirmImport, "options" | "expected" | "withPrompts">;
  read: ReadImport;
  stored: StoredImages;
  onLines: (count: number) => Promise<void>;
};

/** Adds exactly what the preview promised, or nothing: one transaction from the first row to the last. */
export async function insertImport(db: Db, given: NewImport): Promise<void> {
  const { asked, confirmed, read } = given;
  const { projectId } = asked;
  await db.transaction(async (tx) => {
    await lockProject(tx, projectId);
    const plan = await planImport(tx, { projectId, read, options: confirmed.options });
    refuseOther(plan, confirmed.expected);
    const patternIds = await insertPatterns(tx, asked, plan);
    const images = createImages(tx, asked, given.stored);
    const pairIds = new Map<string, string>();
    for (let at = 0; at < plan.lines.length; at += LINES_AT_ONCE) {
      const lines = plan.lines.slice(at, at + LINES_AT_ONCE);
      const { withPrompts } = confirmed;
      await insertLines(tx, { asked, lines, patternIds, pairIds, images, withPrompts });
      await given.onLines(lines.length);
    }
    await finish(tx, asked, plan);
    await wake(tx, ...new Set(patternIds.values()));
  });
}

function refuseOther({ problem, lines, counts }: ImportPlan, expected: ImportCounts): void {
  const wrong = lines.find((line) => line.outcome === "wrong");
  const fault = problem ?? (wrong && { line: wrong.line, reason: wrong.notes.join(". ") });
  if (fault)
    throw new AppError("INVALID", `Nothing was imported. Line ${fault.line}: ${fault.reason}.`);
  const isAsPromised = Object.entries(expected).every(
    ([kind, count]) => counts[kind as keyof ImportCounts] === count,
  );
  if (!isAsPromised)
    throw new AppError("CONFLICT", "The project changed since the preview. Look at it again.");
}

/** Last of all, so that what was cancelled meanwhile is taken back whole. */
async function finish(tx: Tx, asked: FoundImport, plan: ImportPlan): Promise<void> {
  const { id, projectId } = asked;
  const result = ImportCounts.parse(plan.counts);
  const ended = await tx
    .update(imports)
    .set({ state: "done", result, done: sql`${imports.total}`, finishedAt: sql`now()` })
    .where(and(eq(imports.id, id), eq(imports.state, "running")))
    .returning({ id: imports.id });
  if (ended.length === 0) throw new Stopped();
  await recordDecision(tx, {
    projectId,
    actorId: asked.requestedBy,
    action: "import.finish",
    subjectId: id,
    payload: { fileName: asked.fileName, sha256: asked.sha256, format: plan.format, ...result },
  });
  await notifyLive(tx, { projectId, topic: "import", id });
  await notifyLive(tx, { projectId, topic: "pair", id });
}
