import type { GridLayout, RatingMode, SittingKind, SittingState } from "@/db/enums";
import { callAsMember } from "@/server/auth/call-as-member";
import type { MemberCall } from "@/server/auth/member-call";
import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";
import type { QueueCount } from "./count-queue";
import { BUILT_IN, type Guideline } from "./current-guideline";
import { asShown } from "./domain/screen-order";
import { type SittingCell, type StoredCell, withDetails } from "./stored-cell";

/** All a rater may see of a grid. Nothing here tells where the images come from or what others said. */
export type SittingView = {
  id: string;
  project: string;
  state: SittingState;
  /** `screen`: the cells come in random order, and rating stops at the first correct one. */
  mode: RatingMode;
  /** A full grid in columns has a prompt a column; at random the cells come in the sitting's order. */
  layout: GridLayout;
  note: string;
  isGuidelineGap: boolean;
  /** Asked what is seen in each image; `ownWords` are what this rater wrote before, never a guess. */
  asksDetail: boolean;
  /** A grid to learn from: once it is submitted, `feedback` tells how it was meant. */
  isTraining: boolean;
  seenInstead: string;
  ownWords: string[];
  conceptA: string;
  conceptB: string;
  prompts: string[];
  /** In the order to show them. */
  cells: SittingCell[];
  /** Where the next event's client_seq goes on from. */
  lastSeq: number;
  /** How many events the server has; a window that writes says which version it saw. */
  version: number;
  activeMs: number;
  /** `isNew`: changed since this rater last read it. */
  guideline: Guideline & { isNew: boolean };
  queue: QueueCount;
};

export const getSitting = async (ctx: MemberContext, sittingId: string): Promise<SittingView> =>
  onlyView(ctx, await callAsMember(ctx, viewCall([sittingId])));

export function onlyView({ member }: MemberContext, views: Views): SittingView {
  const [view] = toldViews(views, member.slug);
  if (!view) throw new AppError("NOT_FOUND", "No such sitting.");
  return view;
}

/** What `teacup_views` (drizzle/0018) answers. */
export type Views = Pick<SittingView, "asksDetail" | "ownWords" | "queue"> & {
  /** null: the built-in ones. */
  guideline: Guideline | null;
  told: number | null;
  sittings: StoredSitting[];
};
type StoredSitting = Pick<
  SittingView,
  "id" | "state" | "mode" | "layout" | "isGuidelineGap" | "conceptA" | "conceptB" | "prompts"
> &
  Pick<SittingView, "lastSeq" | "version"> & {
    kind: SittingKind;
    orderSeed: number;
    note: string | null;
    seenInstead: string | null;
    activeMs: number | null;
    cells: StoredCell[];
  };

export const viewCall =
  (sittingIds: readonly string[]): MemberCall<Views> =>
  (sql, { projectId, accountId }) =>
    sql`teacup_views(${projectId}, ${accountId}, ${[...sittingIds]}::uuid[])`;

/** Word by word what is told: what the database answers has more. */
export function toldViews(
  { sittings, guideline: own, told, asksDetail, ownWords, queue }: Views,
  project: string,
): SittingView[] {
  const guideline = own ?? BUILT_IN;
  return sittings.map((sitting) => ({
    id: sitting.id,
    project,
    state: sitting.state,
    mode: sitting.mode,
    layout: sitting.layout,
    note: sitting.note ?? "",
    isGuidelineGap: sitting.isGuidelineGap,
    asksDetail,
    isTraining: sitting.kind === "training",
    seenInstead: sitting.seenInstead ?? "",
    ownWords,
    conceptA: sitting.conceptA,
    conceptB: sitting.conceptB,
    prompts: sitting.prompts,
    cells: asShown(withDetails(sitting.cells), sitting),
    lastSeq: sitting.lastSeq,
    version: sitting.version,
    activeMs: sitting.activeMs ?? 0,
    guideline: { ...guideline, isNew: told !== null && guideline.version > told },
    queue,
  }));
}
