import type { MemberContext } from "@/server/trpc/context";
import type { PlannedLine } from "./domain/plan-texts";
import { suggestReported } from "./domain/reported-level";
import { findImport } from "./find-import";
import { openUpload } from "./open-upload";
import { planImport } from "./plan-import";
import type { PreviewImport } from "./schemas";
import { strangeWords } from "./strange-words";

const SHOWN = 300;

export type ImportPreview = Awaited<ReturnType<typeof previewImport>>;

/** What an import would do, line by line; faults come first when there are too many to show. */
export async function previewImport(
  { db, member }: Pick<MemberContext, "db" | "member">,
  { importId, options }: PreviewImport,
) {
  const { projectId } = member;
  const upload = await findImport(db, { projectId, importId });
  await using opened = await openUpload(upload, options);
  const plan = await planImport(db, { projectId, read: opened.read, options });
  const of = (outcome: PlannedLine["outcome"]) =>
    plan.lines.filter((line) => line.outcome === outcome);
  const added = of("add");
  const order = [...of("wrong"), ...of("duplicate"), ...added, ...of("prompt")];
  const shown = order.slice(0, SHOWN);
  return {
    fileName: upload.fileName,
    format: plan.format,
    delimiter: plan.delimiter,
    problem: plan.problem,
    isKeyOnly: plan.isKeyOnly,
    leftOut: plan.leftOut,
    counts: plan.counts,
    needPrompts: added.filter(needsPrompts).length,
    newPatterns: [...plan.newPatterns.values()].map(({ name }) => name),
    suggested: suggestReported(upload.fileName),
    strange: await strangeWords(db, projectId, added),
    lines: shown.sort((x, y) => x.line - y.line).map(shownLine),
    hidden: plan.lines.length - shown.length,
  };
}

/** Neither a set of its own nor a grid whose prompts become one. */
const needsPrompts = ({ standing, sets, sheets }: PlannedLine) =>
  (standing?.state ?? "accepted") === "accepted" &&
  sets.length === 0 &&
  sheets.every(({ notGrid }) => notGrid !== null);

const shownLine = (line: PlannedLine) => ({
  line: line.line,
  outcome: line.outcome,
  a: line.a,
  b: line.b,
  text: line.a === null ? (line.free[0] ?? "") : null,
  latent: line.latent,
  pattern: line.patternName,
  prompts: line.sets.flat().length + line.free.length,
  images: line.images.length,
  reported: line.reported,
  note: line.notes.join(". ") || null,
});
