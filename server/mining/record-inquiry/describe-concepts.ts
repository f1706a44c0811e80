import type { DescribeAnswer, DescribeInput } from "../exchanges/describe-concepts";
import { subjectOf } from "../inquiry-input/subject-of";
import { insertMethodInput } from "./insert-method-input";
import type { Recorder } from "./recorder";

export const recordDescriptions: Recorder<DescribeInput, DescribeAnswer> = async (
  tx,
  { inquiry, answer, exchangeId },
) => {
  await insertMethodInput(tx, {
    projectId: inquiry.projectId,
    pairId: subjectOf(inquiry, "pairId"),
    kind: "descriptions",
    content: answer,
    exchangeId,
  });
};
