import type { Db, Tx } from "@/db/client";
import { uuidv7 } from "@/db/columns";
import { exchanges } from "@/db/schema";
import { lockBudget } from "@/server/budget/lock-budget";
import type { LlmAnswer, LlmClient, LlmFailure } from "@/server/llm/client";
import type { LlmMessage } from "@/server/llm/domain/message";
import { waitFor } from "@/server/loop/wait";
import { closeAbandoned, endExchange, type Finished } from "./end-exchange";
import { costOf, mostTokens, reserveTokens, tokensLost, tokensSpent } from "./exchange-cost";
import type { ExchangeSubject } from "./exchange-subject";
import { type ExchangeContract, REPAIR_VERSION } from "./exchanges/contract";
import { keptAnswer, readAnswer } from "./exchanges/read-answer";

/** Which rows of the project a question was made of: kept with it, never sent. */
export type Used = {
  guidance: readonly { id: string; patternId: string | null; version: number }[];
  exemplarIds: readonly string[];
};

export type SentParameters = { temperature?: number };
/** As the exchange's row keeps it: what was sent beside the messages, what was set aside, what it was made of. */
export type StoredParameters<Input> = SentParameters & {
  max_tokens?: number;
  reserved: number;
  /** In which words a repair was asked for; left out where none was. */
  repair?: string;
  input: Input;
  used: Used;
};

export type Subject = ExchangeSubject & {
  projectId: string;
  parameters: SentParameters;
  used: Used;
  /** Whether an unusable answer is sent back to be mended. */
  mayRepair: boolean;
  /** True when a person asked anew: what was answered before does not count. */
  isFresh: boolean;
  /** Runs in the transaction that stores a question; false when the work was given up meanwhile, and then nothing is asked. */
  begin: (tx: Tx) => Promise<boolean>;
  /** Lets the work wait because a budget does not cover its next question. */
  hold: (tx: Tx, reason: string) => Promise<void>;
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
};

/**
 * Sets aside what it may cost, stores the question, sends it, stores what came back. The row exists before the
 * request does. When the budget does not cover it, the work is held, and when it was given up it is left: nothing is stored.
 */
export async function sendExchange<Input, T>(
  { db, llm, signal }: ConverseContext,
  subject: Subject,
  contract: ExchangeContract<Input, T>,
  sending: Sending<Input>,
): Promise<{ row: Exchange<Input>; failure: LlmFailure | null } | "held"> {
  const { input, messages, repairsId } = sending;
  const reserved = mostTokens(llm, messages);
  const parameters = llm.isOffline
    ? subject.parameters
    : { ...subject.parameters, max_tokens: llm.maxTokens };
  const repair = repairsId === null ? {} : { repair: REPAIR_VERSION };
  const exchangeId = await db.transaction((tx) =>
    storeQuestion(tx, subject, {
      ...{ purpose: contract.purpose, templateVersion: contract.version, model: llm.model },
      parameters: { ...parameters, ...repair, reserved, input, used: subject.used },
      ...sending,
    }),
  );
  if (exchangeId === null) return "held";
  const task = { purpose: contract.purpose, input };
  const said = await llm.ask({ messages, parameters, task, signal });
  const finished = said.ok ? heard(said, contract, input) : unheard(said);
  const tokens = said.ok ? tokensSpent(said, reserved) : tokensLost(said, reserved);
  const { projectId } = subject;
  await db.transaction((tx) => endExchange(tx, { projectId, exchangeId }, finished, tokens));
  const { answer, outcome } = finished;
  const row = { id: exchangeId, input, messages, repairsId, answer, outcome };
  return { row, failure: said.ok ? null : said };
}

type Question<Input> = Pick<
  typeof exchanges.$inferInsert,
  "purpose" | "templateVersion" | "model" | "messages" | "repairsId"
> & { parameters: StoredParameters<Input> };

async function storeQuestion<Input>(
  tx: Tx,
  subject: Subject,
  question: Question<Input>,
): Promise<string | null> {
  const { projectId, batchId, pairId, inquiryId } = subject;
  const id = uuidv7();
  // First of all: who raises the budget waits for this lock, and then finds the held work.
  if (question.parameters.reserved > 0) await lockBudget(tx, { projectId, kind: "tokens" });
  if (!(await subject.begin(tx))) return null;
  const reason = await reserveTokens(tx, costOf(projectId, id), question.parameters.reserved);
  if (reason !== null) {
    await subject.hold(tx, reason);
    await waitFor(tx, { projectId, kind: "budget", budget: "tokens" }, reason);
    return null;
  }
  await closeAbandoned(tx, subject);
  const { purpose, templateVersion, model, parameters, messages, repairsId } = question;
  await tx.insert(exchanges).values({
    ...{ id, projectId, batchId, pairId, inquiryId },
    ...{ purpose, templateVersion, model, parameters, messages, repairsId },
  });
  return id;
}

function heard<Input, T>(
  said: LlmAnswer,
  contract: ExchangeContract<Input, T>,
  input: Input,
): Finished {
  const read = readAnswer(contract, input, said);
  const reason = read.outcome === "parsed" ? null : `${read.problems.join(". ")}.`;
  const { text, tokensIn, tokensOut, latencyMs } = said;
  return {
    outcome: read.outcome,
    answer: keptAnswer(text),
    reason,
    tokensIn,
    tokensOut,
    latencyMs,
  };
}

function unheard({ reason, latencyMs }: LlmFailure): Finished {
  return { outcome: "failed", answer: null, reason, tokensIn: null, tokensOut: null, latencyMs };
}
