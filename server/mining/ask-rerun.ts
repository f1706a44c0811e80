import { eq } from "drizzle-orm";
import { exchanges, type Inquiry } from "@/db/schema";
import { converse } from "./converse";
import { RerunSettings } from "./domain/exchange-input";
import { contractOf } from "./exchanges/contracts";
import type { Asked, Asking } from "./inquiry-kinds";
import type { ConverseContext, StoredParameters } from "./send-exchange";

/** The question of an earlier exchange once more. Whatever comes back is an answer to look at: none is repaired. */
export async function askRerun(
  ctx: ConverseContext,
  asking: Asking,
  inquiry: Inquiry,
): Promise<Asked> {
  const { purpose, rerunsId, parameters } = inquiry;
  if (!rerunsId) throw new Error("This inquiry asks nothing again");
  const [original] = await ctx.db
    .select({ parameters: exchanges.parameters })
    .from(exchanges)
    .where(eq(exchanges.id, rerunsId));
  if (!original) throw new Error("The exchange to be asked again is gone");
  // The column is JSON that only sendExchange writes; rerunExchange refused what has no input.
  const { input, used } = original.parameters as StoredParameters<object>;
  const { guidance } = RerunSettings.parse(parameters);
  const changed =
    guidance === undefined ? input : { ...input, guidance: guidance ? [guidance] : [] };
  const contract = contractOf(purpose);
  const said = await converse(ctx, { ...asking, used, mayRepair: false }, contract, changed);
  if (said.status === "waiting" && !said.isAnswered) return said;
  if (said.status === "held") return said;
  const exchangeId = said.status === "parsed" ? said.exchangeId : null;
  return { status: "parsed", exchangeId, record: async () => {} };
}
