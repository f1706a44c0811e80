import { and, eq } from "drizzle-orm";
import type { Db, Tx } from "@/db/client";
import { exchanges } from "@/db/schema";
import type { LlmAnswer, LlmClient, LlmFailure } from "@/server/llm/client";
import type { LlmMessage } from "@/server/llm/domain/message";
import { type ExchangeSubject, ofSubject } from "./exchange-subject";
import type { ExchangeContract } from "./exchanges/contract";
import { readAnswer } from "./exchanges/read-answer";

/** Which rows of the project a question was made of: kept with it, never sent. */
export type Used = {
  guidance: readonly { id: string; patternId: string | null; version: number }[];
  exemplarIds: readonly string[];
};
export const NOTHING_USED: Used = { guidance: [], exemplarIds: [] };

export type SentParameters = { temperature?: number };
/** As the exchange's row keeps it: what was sent beside the messages, and what they were made of. */
export type StoredParameters<Input> = SentParameters & { input: Input; used: Used };

export type Subject = ExchangeSubject & {
  projectId: string;
  parameters: SentParameters;
  used: Used;
  /** True when a person asked anew: what was answered before does not count. */
  isFresh: boolean;
  /** Runs in the transaction that stores the first exchange. */
  begin: (tx: Tx) => Promise<void>;
};

export type ConverseContext = {
  db: Db;
  signal: AbortSignal;
  llm: LlmClient;
  wait: (ms: number, signal: AbortSignal) => Promise<void>;
};

export type Exchange<Input> = Pick<
  typeof exchanges.$inferSelect,
  "id" | "outcome" | "answer" | "repairsId"
> & {
  messages: LlmMessage[];
  /** Missing in exchanges from before it was kept. */
  input: Input | undefined;
};

type Sending<Input> = {
  input: Input;
  messages: LlmMessage[];
  repairsId: string | null;
  begin: ((tx: Tx) => Promise<void>) | undefined;
};

/** Stores the question, sends it, stores what came back. The row exists before the request does. */
export async function sendExchange<Input, T>(
  { db, llm, signal }: ConverseContext,
  subject: Subject,
  contract: ExchangeContract<Input, T>,
  { input, messages, repairsId, begin }: Sending<Input>,
): Promise<{ row: Exchange<Input>; failure: LlmFailure | null }> {
  const { projectId, batchId, pairId, inquiryId, parameters, used } = subject;
  const row = await db.transaction(async (tx) => {
    await begin?.(tx);
    await closeAbandoned(tx, subject);
    const [stored] = await tx
      .insert(exchanges)
      .values({
        projectId,
        batchId,
        pairId,
        inquiryId,
        purpose: contract.purpose,
        templateVersion: contract.version,
        model: llm.model,
        parameters: { ...parameters, input, used } satisfies StoredParameters<Input>,
        messages,
        repairsId,
      })
      .returning({ id: exchanges.id });
    if (!stored) throw new Error("The exchange was not stored");
    return stored;
  });
  const task = { purpose: contract.purpose, input };
  const said = await llm.ask({ messages, parameters, task, signal });
  const outcome = said.ok ? heard(said, contract, input) : unheard(said);
  await finish({ db }, row.id, outcome);
  const result = {
    id: row.id,
    input,
    messages,
    repairsId,
    answer: outcome.answer,
    outcome: outcome.outcome,
  };
  return { row: result, failure: said.ok ? null : said };
}

type Finished = Pick<
  typeof exchanges.$inferSelect,
  "outcome" | "answer" | "reason" | "tokensIn" | "tokensOut" | "latencyMs"
>;

function heard<Input, T>(
  said: LlmAnswer,
  contract: ExchangeContract<Input, T>,
  input: Input,
): Finished {
  const read = readAnswer(contract, input, said);
  const reason = read.outcome === "parsed" ? null : `${read.problems.join(". ")}.`;
  const { text, tokensIn, tokensOut, latencyMs } = said;
  // PostgreSQL's text holds no NUL.
  const answer = text.replaceAll("\u0000", "\uFFFD");
  return { outcome: read.outcome, answer, reason, tokensIn, tokensOut, latencyMs };
}

function unheard({ reason, latencyMs }: LlmFailure): Finished {
  return { outcome: "failed", answer: null, reason, tokensIn: null, tokensOut: null, latencyMs };
}

async function finish(
  { db }: Pick<ConverseContext, "db">,
  id: string,
  finished: Finished,
): Promise<void> {
  const done = await db
    .update(exchanges)
    .set({ ...finished, answeredAt: new Date() })
    .where(and(eq(exchanges.id, id), eq(exchanges.outcome, "pending")))
    .returning({ id: exchanges.id });
  if (done.length === 0) throw new Error("Another run of this job took over the exchange");
}

/** A process that died left its question open; whether it was answered will never be known. */
async function closeAbandoned(tx: Tx, subject: Subject): Promise<void> {
  await tx
    .update(exchanges)
    .set({
      outcome: "failed",
      reason: "The process stopped before the answer arrived.",
      answeredAt: new Date(),
    })
    .where(and(ofSubject(subject), eq(exchanges.outcome, "pending")));
}
