import type { Db, Tx } from "@/db/client";
import type { Inquiry } from "@/db/schema";
import { converse } from "./converse";
import type { InquiryPurpose } from "./domain/inquiry-input";
import type { ExchangeContract } from "./exchanges/contract";
import { contracts } from "./exchanges/contracts";
import type { AskedWith } from "./inquiry-input/asked-with";
import { readConceptSetsInput } from "./inquiry-input/concept-sets";
import { readMergeInput } from "./inquiry-input/merge-patterns";
import { readNamePatternsInput } from "./inquiry-input/name-patterns";
import {
  readDescribeInput,
  readDrawingOrderInput,
  readFindPhrasesInput,
  readGuessLatentInput,
  readRewordInput,
} from "./inquiry-input/of-a-pair";
import { readProposePatternsInput } from "./inquiry-input/propose-patterns";
import { recordConceptSets } from "./record-inquiry/concept-sets";
import { recordDescriptions } from "./record-inquiry/describe-concepts";
import { recordDrawingOrder } from "./record-inquiry/drawing-order";
import { recordGuess } from "./record-inquiry/guess-latent";
import { recordMergedPatterns } from "./record-inquiry/merge-patterns";
import { recordNamedPatterns } from "./record-inquiry/name-patterns";
import { recordPhrases, recordRewording } from "./record-inquiry/of-prompts";
import { recordProposedPatterns } from "./record-inquiry/propose-patterns";
import type { Recorder } from "./record-inquiry/recorder";
import type { ConverseContext, Subject } from "./send-exchange";

export type Asked =
  | { status: "waiting"; reason: string }
  | { status: "held" }
  | { status: "parsed"; exchangeId: string | null; record: (tx: Tx) => Promise<void> };
type Ask = (ctx: ConverseContext, subject: Asking, inquiry: Inquiry) => Promise<Asked>;
export type Asking = Omit<Subject, "used" | "mayRepair">;

/** Reads the question's material, asks, and hands over what to write down in the transaction that ends the inquiry. */
const kind =
  <Input, Answer>(
    contract: ExchangeContract<Input, Answer>,
    readInput: (db: Db, inquiry: Inquiry) => Promise<AskedWith<Input>>,
    record: Recorder<Input, Answer>,
  ): Ask =>
  async (ctx, asking, inquiry) => {
    const { input, used } = await readInput(ctx.db, inquiry);
    const said = await converse(ctx, { ...asking, used, mayRepair: true }, contract, input);
    if (said.status !== "parsed") return said;
    const { value: answer, exchangeId } = said;
    return {
      status: "parsed",
      exchangeId,
      record: (tx) => record(tx, { inquiry, input: said.input, answer, exchangeId }),
    };
  };

const KINDS = {
  name_patterns: kind(contracts.name_patterns, readNamePatternsInput, recordNamedPatterns),
  guess_latent: kind(contracts.guess_latent, readGuessLatentInput, recordGuess),
  drawing_order: kind(contracts.drawing_order, readDrawingOrderInput, recordDrawingOrder),
  describe_concepts: kind(contracts.describe_concepts, readDescribeInput, recordDescriptions),
  find_phrases: kind(contracts.find_phrases, readFindPhrasesInput, recordPhrases),
  reword_prompts: kind(contracts.reword_prompts, readRewordInput, recordRewording),
  propose_patterns: kind(
    contracts.propose_patterns,
    readProposePatternsInput,
    recordProposedPatterns,
  ),
  concept_sets: kind(contracts.concept_sets, readConceptSetsInput, recordConceptSets),
  merge_patterns: kind(contracts.merge_patterns, readMergeInput, recordMergedPatterns),
} satisfies Record<InquiryPurpose, Ask>;

/** An inquiry is never about pairs or prompts: those have rows of their own, and reruns are asked elsewhere. */
export function askInquiry(ctx: ConverseContext, asking: Asking, inquiry: Inquiry): Promise<Asked> {
  const { purpose } = inquiry;
  if (purpose === "expand_pattern" || purpose === "write_prompts")
    throw new Error(`An inquiry cannot ask to ${purpose}`);
  return KINDS[purpose](ctx, asking, inquiry);
}
