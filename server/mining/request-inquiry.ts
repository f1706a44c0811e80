import { and, count, eq, isNull } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { Tx } from "@/db/client";
import { inquiries } from "@/db/schema";
import { InquiryParameters, type InquiryPurpose } from "./domain/inquiry-input";
import { hash32 } from "./domain/random";
import { insertInquiry } from "./insert-inquiry";

export type NewInquiry = {
  projectId: string;
  /** null: the loop asks by itself. */
  actorId: string | null;
  purpose: InquiryPurpose;
  patternId?: string;
  otherPatternId?: string;
  pairId?: string;
  parameters: InquiryParameters;
};

/** Asks the LLM something that is neither a batch nor prompts; the caller has checked that the ids are the project's. */
export async function requestInquiry(tx: Tx, asked: NewInquiry): Promise<{ inquiryId: string }> {
  const { projectId, actorId, purpose, patternId, otherPatternId, pairId } = asked;
  const parameters = {
    ...InquiryParameters.parse(asked.parameters),
    seed: asked.parameters.seed ?? (await nextSeed(tx, asked)),
  };
  const subject = { patternId, otherPatternId, pairId };
  return insertInquiry(tx, { projectId, actorId, purpose, ...subject, parameters });
}

/** The first, second, third question of a kind: equal where the story is equal. 31 bits, as for batches. */
async function nextSeed(tx: Tx, asked: NewInquiry): Promise<number> {
  const [before] = await tx.select({ asked: count() }).from(inquiries).where(asksTheSame(asked));
  return hash32(`${asked.purpose} ${(before?.asked ?? 0) + 1}`) >>> 1;
}

type Question = Omit<NewInquiry, "actorId" | "parameters">;

/** The same purpose about the same rows of the same project. */
export const asksTheSame = ({ projectId, purpose, ...about }: Question) =>
  and(
    eq(inquiries.projectId, projectId),
    eq(inquiries.purpose, purpose),
    is(inquiries.patternId, about.patternId),
    is(inquiries.otherPatternId, about.otherPatternId),
    is(inquiries.pairId, about.pairId),
  );

const is = (column: PgColumn, id: string | undefined) => (id ? eq(column, id) : isNull(column));
