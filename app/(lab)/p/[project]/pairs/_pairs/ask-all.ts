import type { inferRouterInputs } from "@trpc/server";
import type { useTRPCClient } from "@/app/_trpc/client";
import type { AppRouter } from "@/server/trpc/router";

export type AskAll = inferRouterInputs<AppRouter>["mining"]["requestMissingAnswers"];

/** As many transactions as it takes, told of after each; what was asked before one fails is asked. */
export async function askAll(
  client: ReturnType<typeof useTRPCClient>,
  input: AskAll,
  onAsked: (sum: number) => void,
): Promise<number> {
  for (let sum = 0; ; ) {
    const answer = await client.mining.requestMissingAnswers.mutate(input);
    sum += answer.asked;
    onAsked(sum);
    if (!answer.isMore) return sum;
  }
}
