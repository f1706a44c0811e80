import type { FindPhrasesAnswer, FindPhrasesInput } from "../exchanges/find-phrases";
import type { RewordAnswer, RewordInput } from "../exchanges/reword-prompts";
import { subjectOf } from "../inquiry-input/subject-of";
import { insertMethodInput } from "./insert-method-input";
import type { Recorder } from "./recorder";

/** Each rewording stands beside the prompt that it is of: other prompts have none until they are asked for. */
export const recordRewording: Recorder<RewordInput, RewordAnswer> = async (
  tx,
  { inquiry, input, answer, exchangeId },
) => {
  const prompts = input.prompts.map((from, i) => ({ from, to: answer.prompts[i] ?? from }));
  await insertMethodInput(tx, {
    projectId: inquiry.projectId,
    pairId: subjectOf(inquiry, "pairId"),
    kind: "rewording",
    content: { prompts },
    exchangeId,
  });
};

export const recordPhrases: Recorder<FindPhrasesInput, FindPhrasesAnswer> = async (
  tx,
  { inquiry, input, answer, exchangeId },
) => {
  const prompts = input.prompts.flatMap((prompt, i) => {
    const found = answer.prompts[i];
    return found ? [{ prompt, ...found }] : [];
  });
  await insertMethodInput(tx, {
    projectId: inquiry.projectId,
    pairId: subjectOf(inquiry, "pairId"),
    kind: "phrases",
    content: { prompts },
    exchangeId,
  });
};
