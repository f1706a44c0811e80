import type { ExchangeContract } from "@/server/mining/exchanges/contract";
import { readAnswer } from "@/server/mining/exchanges/read-answer";
import { BrokenLog } from "../broken-log";
import type { Fold } from "./context";

/** The answer of a stored exchange, read by its contract as it was when it came. */
export function answerOf<Input, T>(
  { evidence }: Fold,
  exchangeId: string,
  contract: ExchangeContract<Input, T>,
): T {
  const exchange = evidence.exchanges.get(exchangeId);
  if (!exchange) throw new BrokenLog(`exchange ${exchangeId} has no answer that was kept`);
  const said = { text: exchange.answer, finishReason: null, isRefusal: false };
  const read = readAnswer(contract, exchange.input as Input, said);
  if (read.outcome === "parsed") return read.value;
  throw new BrokenLog(
    `the answer of exchange ${exchangeId} cannot be read as ${contract.version} any more: ${read.problems.join(". ")}`,
  );
}
