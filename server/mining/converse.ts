import { asc } from "drizzle-orm";
import type { Db } from "@/db/client";
import { exchanges } from "@/db/schema";
import type { LlmMessage } from "@/server/llm/domain/message";
import { retryPlan } from "@/server/llm/retry-plan";
import { ofSubject } from "./exchange-subject";
import { type ExchangeContract, repairMessage } from "./exchanges/contract";
import { type ReadAnswer, readAnswer } from "./exchanges/read-answer";
import {
  type ConverseContext,
  type Exchange,
  type StoredParameters,
  type Subject,
  sendExchange,
} from "./send-exchange";

export const MAX_REPAIRS = 2;
/** How much of an unusable answer is shown to its author again: enough for the largest good one. */
const QUOTED_CHARS = 40_000;

export type Conversation<Input, T> =
  | { status: "parsed"; value: T; input: Input; exchangeId: string }
  /** `isAnswered`: something came back, but nothing that can be used. */
  | { status: "waiting"; reason: string; isAnswered: boolean }
  /** Nothing more is asked: a budget does not cover it and the work waits already, or a person gave the work up. */
  | { status: "held" };

/**
 * Asks until the answer can be used: sends again on outages, asks for repairs at most twice.
 * Safe to run twice: every exchange is stored before it is sent, so a second run reads the
 * stored answer and goes on from there.
 */
export async function converse<Input, T>(
  ctx: ConverseContext,
  subject: Subject,
  contract: ExchangeContract<Input, T>,
  input: Input,
): Promise<Conversation<Input, T>> {
  const past = subject.isFresh ? [] : await loadExchanges<Input>(ctx.db, subject);
  let sends = 0;
  for (;;) {
    const last = past.at(-1);
    // What was asked may have changed since; an answer is judged by its own question.
    const asked = last?.input ?? input;
    const standing = judge(past, last, contract, asked, subject.mayRepair ? MAX_REPAIRS : 0);
    if (standing.status !== "ask") return standing;
    const exchange = await sendExchange(ctx, subject, contract, {
      input: asked,
      messages: standing.messages,
      repairsId: standing.repairsId,
    });
    if (exchange === "held") return { status: "held" };
    past.push(exchange.row);
    sends = exchange.failure ? sends + 1 : 0;
    if (!exchange.failure) continue;
    const waitMs = retryPlan(exchange.failure, sends, Math.random());
    if (waitMs === null)
      return {
        status: "waiting",
        reason: stopped(exchange.failure.reason, sends),
        isAnswered: false,
      };
    await ctx.wait(waitMs, ctx.signal);
  }
}

const stopped = (reason: string, sends: number) =>
  sends > 1 ? `${reason} It was tried ${sends} times.` : reason;

type Standing<Input, T> =
  | Conversation<Input, T>
  | { status: "ask"; messages: LlmMessage[]; repairsId: string | null };

function judge<Input, T>(
  past: readonly Exchange<Input>[],
  last: Exchange<Input> | undefined,
  contract: ExchangeContract<Input, T>,
  input: Input,
  repairs: number,
): Standing<Input, T> {
  if (!last) return { status: "ask", messages: contract.messages(input), repairsId: null };
  // Nothing came back: the same question again, in the same place of the chain.
  if (last.outcome === "failed" || last.outcome === "pending")
    return { status: "ask", messages: last.messages, repairsId: last.repairsId };
  const read = readStored(contract, input, last);
  if (read.outcome === "parsed")
    return { status: "parsed", value: read.value, input, exchangeId: last.id };
  if (repairsBefore(past, last) >= repairs)
    return { status: "waiting", reason: unusable(read.problems), isAnswered: true };
  const messages = [
    ...last.messages,
    { role: "assistant" as const, content: (last.answer ?? "").slice(0, QUOTED_CHARS) },
    repairMessage(read.problems),
  ];
  return { status: "ask", messages, repairsId: last.id };
}

function readStored<Input, T>(
  contract: ExchangeContract<Input, T>,
  input: Input,
  exchange: Exchange<Input>,
): ReadAnswer<T> {
  return readAnswer(contract, input, {
    text: exchange.answer ?? "",
    finishReason: exchange.outcome === "truncated" ? "length" : null,
    isRefusal: exchange.outcome === "refused",
  });
}

function repairsBefore(
  past: readonly Pick<Exchange<unknown>, "id" | "repairsId">[],
  exchange: Pick<Exchange<unknown>, "repairsId">,
): number {
  const repaired = past.find((earlier) => earlier.id === exchange.repairsId);
  return repaired ? 1 + repairsBefore(past, repaired) : 0;
}

const unusable = (problems: readonly string[]) =>
  `The LLM's answer cannot be used, also after ${MAX_REPAIRS} repairs. ${problems.slice(0, 3).join(". ")}.`;

async function loadExchanges<Input>(db: Db, subject: Subject): Promise<Exchange<Input>[]> {
  const rows = await db
    .select()
    .from(exchanges)
    .where(ofSubject(subject))
    .orderBy(asc(exchanges.id));
  // Both columns are JSON that only sendExchange writes, for this subject always with this input.
  return rows.map((row) => ({
    ...row,
    messages: row.messages as LlmMessage[],
    input: (row.parameters as Partial<StoredParameters<Input>>).input,
  }));
}
