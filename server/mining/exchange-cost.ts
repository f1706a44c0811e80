import { and, eq } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { budgets } from "@/db/schema";
import { reserve, type Spending } from "@/server/budget/spend";
import type { LlmClient, LlmFailure } from "@/server/llm/client";
import type { LlmMessage } from "@/server/llm/domain/message";

/** For the marks between messages, which a server adds and counts. */
const MARKS = 64;

/** The most tokens that a question can cost: a token is at least one byte, and an answer ends at its limit. */
export function mostTokens(llm: LlmClient, messages: readonly LlmMessage[]): number {
  if (llm.isOffline) return 0;
  const bytes = messages.reduce((sum, { content }) => sum + Buffer.byteLength(content), 0);
  return bytes + MARKS + llm.maxTokens;
}

export const costOf = (projectId: string, exchangeId: string): Spending => ({
  projectId,
  kind: "tokens",
  subject: exchangeId,
});

/** Sets the most that a question can cost aside. When that would pass the budget: why it has to wait. */
export async function reserveTokens(
  tx: Tx,
  spending: Spending,
  tokens: number,
): Promise<string | null> {
  if (tokens === 0 || (await reserve(tx, spending, tokens))) return null;
  const { limit, left } = await readBudget(tx, spending);
  const budget = `The LLM token budget of ${inWords(limit)}`;
  if (left <= 0) return `${budget} is used up: raise it to go on.`;
  return `${budget} has ${inWords(left)} left and this may take ${inWords(tokens)}: raise it to go on.`;
}

async function readBudget(tx: Tx, { projectId, kind }: Spending) {
  const [budget] = await tx
    .select()
    .from(budgets)
    .where(and(eq(budgets.projectId, projectId), eq(budgets.kind, kind)));
  if (budget?.limit == null) throw new Error(`A ${kind} budget without a limit refused something`);
  const { limit, reserved, settled } = budget;
  return { limit, left: limit - reserved - settled };
}

const inWords = (tokens: number) => tokens.toLocaleString("en-GB");

type Counted = { tokensIn: number | null; tokensOut: number | null };

/** What the server counted; where it counted nothing, what was set aside. */
export const tokensSpent = ({ tokensIn, tokensOut }: Counted, reserved: number): number =>
  tokensIn === null && tokensOut === null ? reserved : (tokensIn ?? 0) + (tokensOut ?? 0);

/** What a question cost that got no answer: all that was set aside where the server may have counted it, else nothing. */
export const tokensLost = ({ mayHaveCost }: LlmFailure, reserved: number): number =>
  mayHaveCost ? reserved : 0;
