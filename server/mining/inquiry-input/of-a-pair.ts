import { and, eq } from "drizzle-orm";
import type { Db } from "@/db/client";
import { type Inquiry, pairs, patterns } from "@/db/schema";
import { waitingPrompts } from "@/server/realign/waiting-prompts";
import type { DescribeInput } from "../exchanges/describe-concepts";
import type { DrawingOrderInput } from "../exchanges/drawing-order";
import type { FindPhrasesInput } from "../exchanges/find-phrases";
import type { GuessLatentInput } from "../exchanges/guess-latent";
import type { RewordInput } from "../exchanges/reword-prompts";
import { readPairGuidance } from "../read-guidance";
import type { AskedWith } from "./asked-with";
import { newestPrompts } from "./newest-prompts";
import { standingPrompts } from "./standing-prompts";
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
  const [first = null] = await newestPrompts(db, id);
  return { input: { a, b, latent, prompt: first, guidance }, used };
}

export async function readDescribeInput(
  db: Db,
  inquiry: Inquiry,
): Promise<AskedWith<DescribeInput>> {
  const { a, b, guidance, used } = await findGuidedPair(db, inquiry);
  return { input: { a, b, guidance }, used };
}

export async function readFindPhrasesInput(
  db: Db,
  inquiry: Inquiry,
): Promise<AskedWith<FindPhrasesInput>> {
  const { id, a, b, guidance, used } = await findGuidedPair(db, inquiry);
  // A comparison draws the prompts that a Level was found with, be they the newest or not.
  const prompts = new Set([...(await newestPrompts(db, id)), ...(await waitingPrompts(db, id))]);
  return { input: { a, b, prompts: [...prompts], guidance }, used };
}

export async function readRewordInput(db: Db, inquiry: Inquiry): Promise<AskedWith<RewordInput>> {
  const { id, a, b, latent, guidance, used } = await findGuidedPair(db, inquiry);
  return { input: { a, b, latent, prompts: await standingPrompts(db, id), guidance }, used };
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
