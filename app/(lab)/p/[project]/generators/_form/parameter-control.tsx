import { Checkbox, Field, Input, Select, Textarea } from "@/app/_ui/field";
import type { ParameterField } from "@/server/generation/domain/method/fields";

export type ParameterControlProps = {
  field: ParameterField;
  text: string;
  wrong: string | undefined;
  onChange: (text: string) => void;
};

/** One control for one parameter, drawn from its schema. */
export function ParameterControl({ field, text, wrong, onChange }: ParameterControlProps) {
  const { kind, label, hint } = field;
  if (kind === "flag" && !field.isNullable) {
    return (
      <div className="pt-6">
        <Checkbox
          label={label}
          checked={text === "true"}
          onChange={(event) => onChange(String(event.target.checked))}
        />
        <p className={wrong ? "text-12 text-bad" : "small-print"}>{wrong ?? hint}</p>
      </div>
    );
  }
  const isWide = kind === "json" || kind === "lines" || field.name === "negative_prompt";
  return (
    <Field
      label={label}
      hint={hint}
      error={wrong ?? false}
      {...(isWide ? { className: "col-span-full" } : {})}
    >
      <Control field={field} text={text} onChange={onChange} />
    </Field>
  );
}

function Control({ field, text, onChange }: Omit<ParameterControlProps, "wrong">) {
  const change = (event: { target: { value: string } }) => onChange(event.target.value);
  if (field.kind === "choice" || field.kind === "flag") {
    const options = field.kind === "flag" ? ["true", "false"] : field.options;
    return (
      <Select value={text} onChange={change}>
        {field.isNullable ? <option value="">Left to the endpoint</option> : null}
        {!field.isNullable && !options.includes(text) ? <option value={text}>{text}</option> : null}
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </Select>
    );
  }
  if (field.kind === "json" || field.kind === "lines") {
    return <Textarea rows={3} className="font-mono" value={text} onChange={change} />;
  }
  const isNumber = field.kind === "whole" || field.kind === "number";
  return (
    <Input
      value={text}
      onChange={change}
      {...(isNumber ? { inputMode: field.kind === "whole" ? "numeric" : "decimal" } : {})}
      {...(field.isNullable ? { placeholder: "Left to the endpoint" } : {})}
    />
  );
}
