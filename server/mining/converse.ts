import { asc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { exchanges } from "@/db/schema";
import { retryPlan } from "@/server/llm/retry-plan";
import { type ExchangeContract, repairMessage } from "./exchanges/contract";
import { type ReadAnswer, readAnswer } from "./exchanges/read-answer";
import { type ConverseContext, type Exchange, type Subject, sendExchange } from "./send-exchange";

export const MAX_REPAIRS = 2;

export type Conversation<T> =
  | { status: "parsed"; value: T; exchangeId: string }
  | { status: "waiting"; reason: string };

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
): Promise<Conversation<T>> {
  const past = subject.isFresh ? [] : await loadExchanges(ctx.db, subject);
  let sends = 0;
  let isFirst = subject.isFresh;
  for (;;) {
    const last = past.at(-1);
    const standing = judge(past, last, contract, input);
    if (standing.status !== "ask") return standing;
    const exchange = await sendExchange(ctx, subject, contract, {
      input,
      messages: standing.messages,
      repairsId: standing.repairsId,
      begin: isFirst ? subject.begin : undefined,
    });
    isFirst = false;
    past.push(exchange.row);
    sends = exchange.failure ? sends + 1 : 0;
    if (!exchange.failure) continue;
    const waitMs = retryPlan(exchange.failure, sends, Math.random());
    if (waitMs === null)
      return { status: "waiting", reason: stopped(exchange.failure.reason, sends) };
    await ctx.wait(waitMs, ctx.signal);
  }
}

const stopped = (reason: string, sends: number) =>
  sends > 1 ? `${reason} It was tried ${sends} times.` : reason;

type Standing<T> =
  | Conversation<T>
  | { status: "ask"; messages: Exchange["messages"]; repairsId: string | null };

function judge<Input, T>(
  past: readonly Exchange[],
  last: Exchange | undefined,
  contract: ExchangeContract<Input, T>,
  input: Input,
): Standing<T> {
  if (!last) return { status: "ask", messages: contract.messages(input), repairsId: null };
  // Nothing came back: the same question again, in the same place of the chain.
  if (last.outcome === "failed" || last.outcome === "pending")
    return { status: "ask", messages: last.messages, repairsId: last.repairsId };
  const read = readStored(contract, input, last);
  if (read.outcome === "parsed")
    return { status: "parsed", value: read.value, exchangeId: last.id };
  if (repairsBefore(past, last) >= MAX_REPAIRS)
    return { status: "waiting", reason: unusable(read.problems) };
  const messages = [
    ...last.messages,
    { role: "assistant" as const, content: last.answer ?? "" },
    repairMessage(read.problems),
  ];
  return { status: "ask", messages, repairsId: last.id };
}

function readStored<Input, T>(
  contract: ExchangeContract<Input, T>,
  input: Input,
  exchange: Exchange,
): ReadAnswer<T> {
  return readAnswer(contract, input, {
    text: exchange.answer ?? "",
    finishReason: exchange.outcome === "truncated" ? "length" : null,
    isRefusal: exchange.outcome === "refused",
  });
}

function repairsBefore(past: readonly Exchange[], exchange: Exchange): number {
  const repaired = past.find((earlier) => earlier.id === exchange.repairsId);
  return repaired ? 1 + repairsBefore(past, repaired) : 0;
}

const unusable = (problems: readonly string[]) =>
  `The LLM's answer cannot be used, also after ${MAX_REPAIRS} repairs. ${problems.slice(0, 3).join(". ")}.`;

async function loadExchanges(db: Db, { batchId, pairId }: Subject): Promise<Exchange[]> {
  const ofSubject = batchId ? eq(exchanges.batchId, batchId) : eq(exchanges.pairId, pairId ?? "");
  const rows = await db.select().from(exchanges).where(ofSubject).orderBy(asc(exchanges.id));
  return rows.map((row) => ({ ...row, messages: row.messages as Exchange["messages"] }));
}
