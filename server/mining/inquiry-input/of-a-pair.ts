import { and, asc, desc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { type Inquiry, pairs, patterns, promptSetPrompts, promptSets, prompts } from "@/db/schema";
import type { DescribeInput } from "../exchanges/describe-concepts";
import type { DrawingOrderInput } from "../exchanges/drawing-order";
import type { GuessLatentInput } from "../exchanges/guess-latent";
import { readPairGuidance } from "../read-guidance";
import type { AskedWith } from "./asked-with";
import { subjectOf } from "./subject-of";

export async function readGuessLatentInput(
  db: Db,
  inquiry: Inquiry,
): Promise<AskedWith<GuessLatentInput>> {
  const { a, b, pattern, guidance, used } = await findGuidedPair(db, inquiry);
  return { input: { a, b, pattern, guidance }, used };
}

export async function readDrawingOrderInput(
  db: Db,
  inquiry: Inquiry,
): Promise<AskedWith<DrawingOrderInput>> {
  const { id, a, b, latent, guidance, used } = await findGuidedPair(db, inquiry);
  const [first] = await db
    .select({ text: prompts.text })
    .from(promptSets)
    .innerJoin(promptSetPrompts, eq(promptSetPrompts.promptSetId, promptSets.id))
    .innerJoin(prompts, eq(prompts.id, promptSetPrompts.promptId))
    .where(eq(promptSets.pairId, id))
    .orderBy(desc(promptSets.number), asc(promptSetPrompts.position))
    .limit(1);
  return { input: { a, b, latent, prompt: first?.text ?? null, guidance }, used };
}

export async function readDescribeInput(
  db: Db,
  inquiry: Inquiry,
): Promise<AskedWith<DescribeInput>> {
  const { a, b, guidance, used } = await findGuidedPair(db, inquiry);
  return { input: { a, b, guidance }, used };
}

/** With what the project's and the pattern's researchers say of it. */
async function findGuidedPair(db: Db, inquiry: Inquiry) {
  const pair = await findPair(db, inquiry);
  return { ...pair, ...(await readPairGuidance(db, pair)) };
}

async function findPair(db: Db, inquiry: Inquiry) {
  const [pair] = await db
    .select({
      id: pairs.id,
      a: pairs.conceptA,
      b: pairs.conceptB,
      latent: pairs.latent,
      projectId: pairs.projectId,
      patternId: pairs.patternId,
      pattern: { name: patterns.name, definition: patterns.definition },
    })
    .from(pairs)
    .innerJoin(patterns, eq(patterns.id, pairs.patternId))
    .where(and(eq(pairs.id, subjectOf(inquiry, "pairId")), eq(pairs.projectId, inquiry.projectId)));
  if (!pair) throw new Error("The pair of an inquiry is gone");
  return pair;
}
