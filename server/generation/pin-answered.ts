import { and, eq, isNull } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { generatorRevisions } from "@/db/schema";
import { canonicalJson } from "./domain/canonical-json";
import type { FinishRender } from "./schemas";

type Said = Pick<FinishRender, "weightsHash" | "model" | "method">;
/** What an answer tells otherwise than its revision's first one; null: the same. */
export type OwnAnswered = { answeredModel: object | null; answeredMethod: object | null };

/**
 * The first answer of a revision says which weights, model and method made its images. Another answer by other weights, another method
 * or another version of it is refused, with the sentence to say.
 */
export async function pinAnswered(
  tx: Tx,
  revisionId: string,
  { weightsHash, model, method }: Said,
): Promise<{ refusal: string } | OwnAnswered> {
  const own = eq(generatorRevisions.id, revisionId);
  await tx
    .update(generatorRevisions)
    .set({ weightsHash })
    .where(and(own, isNull(generatorRevisions.weightsHash)));
  const [pinned] = await tx
    .select({
      weightsHash: generatorRevisions.weightsHash,
      answeredModel: generatorRevisions.answeredModel,
      answeredMethod: generatorRevisions.answeredMethod,
    })
    .from(generatorRevisions)
    .where(own)
    .for("no key update");
  if (pinned?.weightsHash !== weightsHash) {
    return { refusal: "The endpoint serves other weights: make a new revision" };
  }
  if (!model || !method) return { answeredModel: null, answeredMethod: null };
  // Revisions from before it was kept are pinned by their next answer.
  const first = pinned.answeredMethod as FinishRender["method"] | null;
  if (!first) {
    await tx
      .update(generatorRevisions)
      .set({ answeredModel: model, answeredMethod: method })
      .where(own);
    return { answeredModel: null, answeredMethod: null };
  }
  if (first.name !== method.name || first.version !== method.version) {
    return {
      refusal: `The endpoint draws by ${method.name}, version ${method.version}, and not by ${first.name}, version ${first.version}, any more: make a new revision`,
    };
  }
  const unlessSame = (said: object, known: unknown) =>
    canonicalJson(said) === canonicalJson(known) ? null : said;
  return {
    answeredModel: unlessSame(model, pinned.answeredModel),
    answeredMethod: unlessSame(method, first),
  };
}
