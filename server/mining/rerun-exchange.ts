import { and, eq } from "drizzle-orm";
import { exchanges, inquiries } from "@/db/schema";
import { AppError } from "@/server/core/errors";
import type { MemberContext } from "@/server/trpc/context";
import type { RerunExchange } from "./domain/exchange-input";
import { contractOf } from "./exchanges/contracts";
import { insertInquiry } from "./insert-inquiry";
import type { StoredParameters } from "./send-exchange";

/** Asks a question again with other settings. Its answer is shown beside the first one and changes nothing. */
export async function rerunExchange(
  { db, viewer, member }: MemberContext,
  { exchangeId, ...settings }: RerunExchange,
): Promise<{ inquiryId: string }> {
  const { projectId } = member;
  return db.transaction(async (tx) => {
    const [exchange] = await tx
      .select({ exchange: exchanges, rerunsId: inquiries.rerunsId })
      .from(exchanges)
      .leftJoin(inquiries, eq(inquiries.id, exchanges.inquiryId))
      .where(and(eq(exchanges.id, exchangeId), eq(exchanges.projectId, projectId)));
    if (!exchange) throw new AppError("NOT_FOUND", "No such exchange in this project");
    const { purpose, templateVersion, parameters } = exchange.exchange;
    const { input } = parameters as Partial<StoredParameters<unknown>>;
    if (input === undefined || contractOf(purpose).version !== templateVersion)
      throw new AppError(
        "CONFLICT",
        "The wording of this question has changed since. Ask anew where it was asked.",
      );
    return insertInquiry(tx, {
      ...{ projectId, purpose, parameters: settings },
      actorId: viewer.accountId,
      // Runs of a run stand beside the first one of all.
      rerunsId: exchange.rerunsId ?? exchangeId,
    });
  });
}
