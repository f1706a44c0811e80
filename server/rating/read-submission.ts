import { sql } from "drizzle-orm";
import type { Tx } from "@/db/client";
import type {
  GridLayout,
  PhaseState,
  RatingMode,
  SittingKind,
  SittingState,
  Verdict,
} from "@/db/enums";
import type { MemberCall } from "@/server/auth/member-call";
import type { MemberContext } from "@/server/trpc/context";
import type { Votes } from "./domain/joint";

/** All that a submission is decided on (teacup_submission in drizzle/0018). */
export type SubmissionBasis = {
  sitting: {
    id: string;
    gridId: string;
    projectId: string;
    raterId: string;
    kind: SittingKind;
    mode: RatingMode;
    state: SittingState;
    orderSeed: number;
    layout: GridLayout;
  };
  isSimulated: boolean;
  hasSeat: boolean;
  closedRound: { number: number; reason: string } | null;
  cells: { position: number; imageId: string; verdict: Verdict | null }[];
  /** Only of a sitting that counts. */
  votes: Votes | null;
  patternId: string;
  isAuto: boolean;
  settings: unknown;
  phases: Partial<Record<number, PhaseState>>;
  /** The project's rater time is used up, and a person is waited for. */
  isStopped: boolean;
  /** By image; only of a training grid. */
  meant: Record<string, { expected: Verdict; explanation: string | null }> | null;
};

/** `stamp` is of this basis: what is decided on it is written only while it still holds. */
export type Read = { basis: SubmissionBasis | null; stamp: string };

export const submissionCall =
  ({ sittingId }: { sittingId: string }): MemberCall<Read> =>
  (client, { projectId, accountId }) =>
    client`
    (select jsonb_build_object('basis', basis, 'stamp', coalesce(md5(basis::text), ''))
      from teacup_submission(${projectId}, ${accountId}, ${sittingId}) basis)`;

/** The same, with all of it locked until the transaction ends. */
export async function lockSubmission(
  tx: Tx,
  { viewer, member }: MemberContext,
  sittingId: string,
): Promise<Read> {
  const whose = sql`${member.projectId}::uuid, ${viewer.accountId}::uuid, ${sittingId}::uuid`;
  await tx.execute(sql`select teacup_lock_submission(${whose})`);
  const [row] = await tx.execute<Read>(
    sql`select basis, coalesce(md5(basis::text), '') as stamp from teacup_submission(${whose}) basis`,
  );
  if (!row) throw new Error("A statement that always has one row had none");
  return row;
}
