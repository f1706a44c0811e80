import type { Tx } from "@/db/client";
import type { Inquiry } from "@/db/schema";

export type Recorded<Input, Answer> = {
  inquiry: Inquiry;
  /** As the question was asked, not as it would be now. */
  input: Input;
  answer: Answer;
  exchangeId: string;
};

/** Writes down what follows from an answer. It runs once, in the transaction that ends the inquiry. */
export type Recorder<Input, Answer> = (tx: Tx, recorded: Recorded<Input, Answer>) => Promise<void>;
