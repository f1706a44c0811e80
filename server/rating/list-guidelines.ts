import { and, desc, eq, lt } from "drizzle-orm";
import { accounts, guidelines } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";
import { readGuideline } from "./current-guideline";
import { countChange, type DiffPart, textDiff } from "./domain/text-diff";
import { readStored, type ShownExample, showExamples } from "./guideline-examples";
import {
  GUIDELINES_PAGE,
  type GuidelineExample,
  type GuidelineInput,
  type ListGuidelines,
} from "./schemas";

type Change = {
  /** Words. */
  added: number;
  removed: number;
  /** Example images that came, went, or are judged or captioned otherwise. */
  examples: number;
};
export type GuidelineVersion = {
  version: number;
  by: string | null;
  at: Date;
  /** Against the version before; null for the first one. */
  change: Change | null;
};

/** One page of the versions, newest first, each with who made it, when, and how much it changed. */
export async function listGuidelines(
  { db, member }: MemberContext,
  { cursor }: ListGuidelines,
): Promise<{ versions: GuidelineVersion[]; nextCursor: number | null }> {
  const rows = await db
    .select({
      version: guidelines.version,
      text: guidelines.text,
      examples: guidelines.examples,
      by: accounts.name,
      at: guidelines.createdAt,
    })
    .from(guidelines)
    .leftJoin(accounts, eq(accounts.id, guidelines.createdBy))
    .where(
      and(
        eq(guidelines.projectId, member.projectId),
        cursor ? lt(guidelines.version, cursor) : undefined,
      ),
    )
    .orderBy(desc(guidelines.version))
    .limit(GUIDELINES_PAGE + 1);
  const versions = rows.slice(0, GUIDELINES_PAGE).map(({ text, examples, ...row }, index) => {
    const before = rows[index + 1];
    const change = before && {
      ...countChange(textDiff(before.text, text)),
      examples: changedExamples(readStored(before.examples), readStored(examples)),
    };
    return { ...row, change: change ?? null };
  });
  const last = rows.length > GUIDELINES_PAGE ? versions.at(-1) : undefined;
  return { versions, nextCursor: last?.version ?? null };
}

export type GuidelineDetail = {
  version: number;
  text: string;
  examples: ShownExample[];
  /** The text against that of the version before; null for the first one. */
  diff: DiffPart[] | null;
  /** Examples of the version before that are not in this one. */
  dropped: ShownExample[];
};

/** One version as it was read then, and what it changed. */
export async function showGuideline(
  { db, member: { projectId } }: MemberContext,
  { version }: GuidelineInput,
): Promise<GuidelineDetail> {
  const [stored, before] = await Promise.all([
    readGuideline(db, projectId, version),
    version > 1 ? readGuideline(db, projectId, version - 1) : undefined,
  ]);
  if (!stored) throw new AppError("NOT_FOUND", "There is no such version of the guidelines.");
  const kept = new Set(stored.examples.map(({ imageId }) => imageId));
  const gone = before?.examples.filter(({ imageId }) => !kept.has(imageId)) ?? [];
  const [examples, dropped] = await Promise.all([
    showExamples(db, projectId, stored.examples),
    showExamples(db, projectId, gone),
  ]);
  return {
    version: stored.version,
    text: stored.text,
    examples,
    diff: before ? textDiff(before.text, stored.text) : null,
    dropped,
  };
}

function changedExamples(
  before: readonly GuidelineExample[],
  after: readonly GuidelineExample[],
): number {
  const said = (examples: readonly GuidelineExample[]) =>
    new Map(examples.map(({ imageId, verdict, caption }) => [imageId, `${verdict} ${caption}`]));
  const [was, is] = [said(before), said(after)];
  return [...new Set([...was.keys(), ...is.keys()])].filter((id) => was.get(id) !== is.get(id))
    .length;
}
