"use client";

import { Field, Input, Select } from "@/app/_ui/field";
import { MAX_REASON_LENGTH } from "@/server/rating/domain/text-limits";

export type Answer = {
  imageId: string;
  /** null: nobody has said yet. */
  verdict: "correct" | "incorrect" | null;
  explanation: string;
};

export type EditAnswerProps = {
  number: number;
  answer: Answer;
  onChange: (part: Partial<Answer>) => void;
};

/** The explanation is what a rater reads in training. */
export function EditAnswer({ number, answer, onChange }: EditAnswerProps) {
  return (
    <div className="grid grid-cols-[160px_minmax(0,1fr)] gap-3">
      <Field label={`Image ${number} is meant as`}>
        <Select
          value={answer.verdict ?? ""}
          onChange={({ target: { value } }) =>
            onChange({ verdict: value === "correct" || value === "incorrect" ? value : null })
          }
        >
          {answer.verdict === null ? <option value="">Not said yet</option> : null}
          <option value="correct">Correct</option>
          <option value="incorrect">Incorrect</option>
        </Select>
      </Field>
      <Field
        label="Why, as raters read it in training"
        length={{ of: answer.explanation, most: MAX_REASON_LENGTH }}
      >
        <Input
          value={answer.explanation}
          onChange={({ target }) => onChange({ explanation: target.value })}
        />
      </Field>
    </div>
  );
}
