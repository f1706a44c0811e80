import type { TRPCClient } from "@trpc/client";
import type { ReviewItem } from "@/server/mining/review/review-queue";
import type { AppRouter } from "@/server/trpc/router";
import type { Choice } from "./review-state";

// A duplicate that was kept has become a pair, and that is what an undo must reach.
const pairOfProposal = new Map<string, string>();

/** Tells the server what a person chose for one item of the queue. */
export async function sendDecision(
  client: TRPCClient<AppRouter>,
  project: string,
  item: ReviewItem,
  choice: Choice,
): Promise<void> {
  const pairId = await pairToDecide(client, project, item, choice);
  if (!pairId) return;
  await client.mining.decidePair.mutate(decisionOf(project, pairId, choice));
}

export async function takeBack(
  client: TRPCClient<AppRouter>,
  project: string,
  item: ReviewItem,
): Promise<void> {
  const pairId = item.pairId ?? pairOfProposal.get(item.id);
  if (pairId) {
    await client.mining.decidePair.mutate({ project, pairId, decision: "undo" });
    return;
  }
  await client.mining.decideDuplicate.mutate({ project, proposalId: item.id, decision: "undo" });
}

/** A pair decides for itself; a likely duplicate becomes one only when it is accepted. */
async function pairToDecide(
  client: TRPCClient<AppRouter>,
  project: string,
  item: ReviewItem,
  choice: Choice,
): Promise<string | null> {
  if (item.kind === "pair") return item.pairId;
  const known = pairOfProposal.get(item.id);
  if (known) return known;
  const isKept = choice.kind === "accept" || choice.kind === "variant";
  const decision = isKept ? "keep" : "confirm";
  const { pairId } = await client.mining.decideDuplicate.mutate({
    project,
    proposalId: item.id,
    decision,
  });
  if (pairId) pairOfProposal.set(item.id, pairId);
  return pairId;
}

function decisionOf(project: string, pairId: string, choice: Choice) {
  if (choice.kind === "variant")
    return { project, pairId, decision: "accept" as const, asVariant: true };
  if (choice.kind !== "reject") return { project, pairId, decision: choice.kind };
  const { reason, reasonText } = choice;
  return { project, pairId, decision: choice.kind, reason, reasonText };
}
