import { Field, Input, Select, Textarea } from "@/app/_ui/field";
import type { PatternCategory } from "@/db/enums";
import type { CreatePattern } from "@/server/mining/domain/pattern-input";

export type PatternFieldsProps = {
  words: CreatePattern;
  onChange: (words: CreatePattern) => void;
  problem: string | undefined;
};

/** Name, definition and kind of a pattern, new or known. */
export function PatternFields({ words, onChange, problem }: PatternFieldsProps) {
  const change = (changed: Partial<CreatePattern>) => onChange({ ...words, ...changed });
  return (
    <>
      <Field label="Name" error={problem}>
        <Input
          value={words.name}
          autoComplete="off"
          placeholder="Beverage and incorrect container"
          onChange={(event) => change({ name: event.target.value })}
        />
      </Field>
      <Field
        label="Definition"
        hint="What concept A is, what concept B is, and what the generator draws instead. The LLM reads this."
      >
        <Textarea
          value={words.definition}
          onChange={(event) => change({ definition: event.target.value })}
        />
      </Field>
      <Field
        label="Kind"
        hint="LC-Mis: a third, unnamed concept takes the place of one. Traditional: one of the two is dropped or mixed."
      >
        <Select
          value={words.category}
          onChange={(event) => change({ category: event.target.value as PatternCategory })}
        >
          <option value="lcmis">LC-Mis</option>
          <option value="traditional">Traditional</option>
        </Select>
      </Field>
    </>
  );
}
