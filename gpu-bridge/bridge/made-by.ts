import type { z } from "zod";
import type { Model } from "@/gpu-bridge/contract/schemas";
import { RenderFailure } from "./failure";
import { LONGEST_HASH } from "./read-answer";

/** The model behind an answer, as the product keeps it. */
export function madeBy({ name, revision, weights_hash: weightsHash }: z.infer<typeof Model>) {
  if (weightsHash.length > LONGEST_HASH)
    throw new RenderFailure("retryable", `The weights' hash is longer than ${LONGEST_HASH}`);
  return { name, revision, weightsHash };
}
