import { BrokenLog } from "../broken-log";
import type { Evidence } from "../log";
import type { LoopState } from "../state";

export type LoggedBatch = {
  patternId: string;
  proposer: string;
  isRetest: boolean;
  /** Pairs whose words a person or a new pattern brought along; null: they come from an exchange. */
  given: { a: string; b: string; latent?: string | null | undefined }[] | null;
};

/** What the fold carries: the state it builds, and what later entries refer to by id. */
export type Fold = {
  state: LoopState;
  batches: Map<string, LoggedBatch>;
  /** How often each key came back, by pattern and proposer. */
  tallies: Map<string, Map<string, number>>;
  evidence: Evidence;
};

/** Applies one decision. `subjectId` is whom or what it is about. */
export type Handler = (fold: Fold, subjectId: string, payload: unknown) => void;
export type Handlers = Readonly<Record<string, Handler>>;

/** @throws BrokenLog when the log names something that it has not made. */
export function known<T>(record: Readonly<Record<string, T>>, id: string, what: string): T {
  const found = record[id];
  if (found === undefined) throw new BrokenLog(`it speaks of ${what} ${id}, which it never made`);
  return found;
}
