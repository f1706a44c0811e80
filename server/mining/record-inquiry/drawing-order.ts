import type { DrawingOrderAnswer, DrawingOrderInput } from "../exchanges/drawing-order";
import { subjectOf } from "../inquiry-input/subject-of";
import { insertMethodInput } from "./insert-method-input";
import type { Recorder } from "./recorder";

export const recordDrawingOrder: Recorder<DrawingOrderInput, DrawingOrderAnswer> = async (
  tx,
  { inquiry, answer, exchangeId },
) => {
  await insertMethodInput(tx, {
    projectId: inquiry.projectId,
    pairId: subjectOf(inquiry, "pairId"),
    kind: "moce_order",
    content: answer,
    exchangeId,
  });
};
