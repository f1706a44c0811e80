import type { ExchangePurpose } from "@/db/enums";

/** One decision of a person, of a random draw, or of the machine on evidence that it names. */
export type LogEntry = {
  seq: number;
  action: string;
  subjectId: string | null;
  payload: unknown;
};

export type LoggedExchange = {
  purpose: ExchangePurpose;
  answer: string;
  /** What the question was made of. */
  input: unknown;
};

/** What decisions refer to: facts that the machine cannot make up. */
export type Evidence = {
  exchanges: ReadonlyMap<string, LoggedExchange>;
  /** Pairs with a Level of record, by the verdict events. */
  ratedPairs: ReadonlySet<string>;
  spent: Readonly<Record<"tokens" | "renders" | "rater_ms", { reserved: number; settled: number }>>;
};
