import { and, asc, eq } from "drizzle-orm";
import { exchanges } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { LlmMessage } from "@/server/llm/domain/message";
import type { MemberContext } from "@/server/trpc/context";
import { readReruns } from "./exchange/read-reruns";
import { readBatch, readInquiry, readPair } from "./exchange/read-subject";
import { ofSubject } from "./exchange-subject";
import { contractOf } from "./exchanges/contracts";
import { readUsed } from "./learned-from";
import type { StoredParameters } from "./send-exchange";

export type ExchangeDetail = Awaited<ReturnType<typeof exchangeDetail>>;

/** One exchange with what it was for, what it was made of, and the others of the same conversation. */
export async function exchangeDetail(
  { db, member }: Pick<MemberContext, "db" | "member">,
  { exchangeId }: { exchangeId: string },
) {
  const { projectId } = member;
  const [exchange] = await db
    .select()
    .from(exchanges)
    .where(and(eq(exchanges.id, exchangeId), eq(exchanges.projectId, projectId)));
  if (!exchange) throw new AppError("NOT_FOUND", "No such exchange in this project");
  const [conversation, batch, pair, inquiry, reruns, used] = await Promise.all([
    db
      .select({
        id: exchanges.id,
        outcome: exchanges.outcome,
        reason: exchanges.reason,
        repairsId: exchanges.repairsId,
        createdAt: exchanges.createdAt,
      })
      .from(exchanges)
      .where(and(ofSubject(exchange), eq(exchanges.projectId, projectId)))
      .orderBy(asc(exchanges.id)),
    exchange.batchId ? readBatch(db, exchange.batchId) : null,
    exchange.pairId ? readPair(db, exchange.pairId) : null,
    exchange.inquiryId ? readInquiry(db, exchange.inquiryId) : null,
    readReruns(db, { projectId, exchangeId }),
    readUsed(db, projectId, exchange.parameters),
  ]);
  const { parameters, ...rest } = exchange;
  // The column is JSON that only sendExchange writes, always as messages.
  const messages = exchange.messages as LlmMessage[];
  const subject = { batch, pair, inquiry };
  return { ...rest, messages, conversation, ...subject, reruns, used, ...settingsOf(exchange) };
}

/** With what it was asked, and whether it can be asked again in the same words. */
function settingsOf({
  purpose,
  templateVersion,
  parameters,
}: Pick<typeof exchanges.$inferSelect, "purpose" | "templateVersion" | "parameters">) {
  // Only sendExchange writes the column; exchanges from before the input was kept have none.
  const { temperature, input } = parameters as Partial<StoredParameters<{ guidance?: string[] }>>;
  return {
    temperature: temperature ?? null,
    /** null: this question takes none. */
    guidance: input?.guidance ?? null,
    canRerun: input !== undefined && contractOf(purpose).version === templateVersion,
  };
}
