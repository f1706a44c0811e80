import type { Tx } from "@/db/client";
import { renders } from "@/db/schema";
import type { Attempted } from "./pay-for-renders";
import type { Drawn } from "./run-settings";
import type { RenderInput } from "./schemas";

export type Run = { id: string; projectId: string };

/** One prompt to be drawn at every seed of the run. */
export type Wanted = {
  /** null: it is about one concept alone. */
  pairId: string | null;
  position: number;
  promptId: string;
  prompt: string;
  concepts: readonly string[];
};

/** A render that a run asks for. */
export type Claim = {
  wanted: Wanted;
  input: RenderInput;
  hash: string;
  /** The second image of a method that draws twice: which render is its first. */
  firstRenderId?: string;
  /** Its input is not whole before its first image was looked at: no bridge gets it till then. */
  awaitsObjects?: boolean;
};

/** Those that are not there yet; they are queued. */
export const insertClaims = (
  tx: Tx,
  { projectId }: Run,
  { revision, seedSet }: Drawn,
  claims: readonly Claim[],
): Promise<Attempted[]> =>
  tx
    .insert(renders)
    .values(
      claims.map(({ wanted, input, hash, firstRenderId, awaitsObjects }) => ({
        projectId,
        promptId: wanted.promptId,
        generatorRevisionId: revision.id,
        seedSetId: seedSet.id,
        endpointName: revision.endpointName,
        input,
        inputHash: hash,
        firstRenderId,
        awaitsObjects,
      })),
    )
    .onConflictDoNothing()
    .returning({ id: renders.id, attempt: renders.attempt });
