import type { DbOrTx } from "@/db/client";
import type { ProposalStrategy } from "@/db/enums";
import { conceptSets } from "./exchanges/concept-sets";
import { expandPattern } from "./exchanges/expand-pattern";
import { openProposer } from "./open-proposer";

/** Who would answer now, by strategy, as batches name it: the model and the version of the template. */
export async function proposersInUse(db: DbOrTx): Promise<Record<ProposalStrategy, string>> {
  const { model } = await openProposer(db);
  return {
    direct: `${model} ${expandPattern.version}`,
    two_sets: `${model} ${conceptSets.version}`,
  };
}
