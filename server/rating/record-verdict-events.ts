import { uuidv7 } from "@/db/columns";
import { callAsMember } from "@/server/auth/call-as-member";
import type { MemberCall } from "@/server/auth/member-call";
import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";
import { closedRound } from "./refuse-closed-round";
import { type FinishedState, finishedSitting } from "./refuse-finished";
import type { RecordVerdictEvents } from "./schemas";
import { type SittingCell, type StoredCell, withDetails } from "./stored-cell";

export type Recorded = { recorded: number; version: number } | { conflict: Conflict };

/** What the server has, for a window that did not see how it came to be. Nothing was recorded. */
export type Conflict = { version: number; lastSeq: number; cells: Omit<SittingCell, "position">[] };

/** What `teacup_record` (drizzle/0018) answers: as it was recorded, or why it was not. */
type RecordAnswer =
  | { outcome: "recorded"; recorded: number; version: number }
  | { outcome: "conflict"; version: number; lastSeq: number; cells: StoredCell[] }
  | { outcome: "finished"; state: FinishedState }
  | { outcome: "closed"; round: { number: number; reason: string | null } }
  | { outcome: "missing" | "foreign" };

/**
 * Appends what the rater did. Sending a batch again changes nothing, and batches may arrive in any
 * order: the present verdict of an image is that of its highest client_seq. Each event takes the
 * sitting's version up by one, so a window whose last own event does not explain the version has
 * not seen another window's verdicts; events that are known already are its own, sent again.
 */
export const recordVerdictEvents = async (
  ctx: MemberContext,
  batch: RecordVerdictEvents,
): Promise<Recorded> => toldOf(await callAsMember(ctx, recordCall(batch)));

export const recordCall =
  ({ sittingId, events, baseVersion }: RecordVerdictEvents): MemberCall<RecordAnswer> =>
  (sql, { projectId, accountId }) => {
    const told = JSON.stringify(events.map((event) => ({ id: uuidv7(), ...event })));
    return sql`teacup_record(${projectId}, ${accountId}, ${sittingId}, ${told}, ${baseVersion ?? null})`;
  };

/** What the sender is told of it, or the refusal. */
export function toldOf(answer: RecordAnswer): Recorded {
  switch (answer.outcome) {
    case "recorded":
      return { recorded: answer.recorded, version: answer.version };
    case "conflict": {
      const { version, lastSeq, cells } = answer;
      const seen = withDetails(cells).map(({ position: _, ...cell }) => cell);
      return { conflict: { version, lastSeq, cells: seen } };
    }
    default:
      throw refusalOf(answer);
  }
}

type Refused = Exclude<RecordAnswer, { outcome: "recorded" | "conflict" }>;

function refusalOf(answer: Refused): AppError {
  switch (answer.outcome) {
    case "finished":
      return finishedSitting(answer.state);
    case "closed":
      return closedRound(answer.round);
    case "foreign":
      return new AppError("INVALID", "A verdict names an image that is not in this grid.");
    case "missing":
      return new AppError("NOT_FOUND", "No such sitting.");
  }
}
