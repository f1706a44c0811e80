import { and, asc, desc, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { type Inquiry, pairs, patterns, promptSetPrompts, promptSets, prompts } from "@/db/schema";
import type { DescribeInput } from "../exchanges/describe-concepts";
import type { DrawingOrderInput } from "../exchanges/drawing-order";
import type { GuessLatentInput } from "../exchanges/guess-latent";
import { NOTHING_USED } from "../send-exchange";
import type { AskedWith } from "./asked-with";
import { subjectOf } from "./subject-of";

export async function readGuessLatentInput(
  db: Db,
  inquiry: Inquiry,
): Promise<AskedWith<GuessLatentInput>> {
  const { a, b, pattern } = await findPair(db, inquiry);
  return { input: { a, b, pattern }, used: NOTHING_USED };
}

export async function readDrawingOrderInput(
  db: Db,
  inquiry: Inquiry,
): Promise<AskedWith<DrawingOrderInput>> {
  const { id, a, b, latent } = await findPair(db, inquiry);
  const [first] = await db
    .select({ text: prompts.text })
    .from(promptSets)
    .innerJoin(promptSetPrompts, eq(promptSetPrompts.promptSetId, promptSets.id))
    .innerJoin(prompts, eq(prompts.id, promptSetPrompts.promptId))
    .where(eq(promptSets.pairId, id))
    .orderBy(desc(promptSets.number), asc(promptSetPrompts.position))
    .limit(1);
  return { input: { a, b, latent, prompt: first?.text ?? null }, used: NOTHING_USED };
}

export async function readDescribeInput(
  db: Db,
  inquiry: Inquiry,
): Promise<AskedWith<DescribeInput>> {
  const { a, b } = await findPair(db, inquiry);
  return { input: { a, b }, used: NOTHING_USED };
}

async function findPair(db: Db, inquiry: Inquiry) {
  const [pair] = await db
    .select({
      id: pairs.id,
      a: pairs.conceptA,
      b: pairs.conceptB,
      latent: pairs.latent,
      pattern: { name: patterns.name, definition: patterns.definition },
    })
    .from(pairs)
    .innerJoin(patterns, eq(patterns.id, pairs.patternId))
    .where(and(eq(pairs.id, subjectOf(inquiry, "pairId")), eq(pairs.projectId, inquiry.projectId)));
  if (!pair) throw new Error("The pair of an inquiry is gone");
  return pair;
}
